import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// Transactions and connections that the server ends while nothing is sent.
@Suite(.ownTime, .hangLimit) struct PostgresTransactionTests {
  /// A role whose idle transactions are ended: nothing was written, which is known, and the remedy names the setting.
  @Test func anIdleTransactionIsEnded() async throws {
    let fixture = try await EngineFixture(.text)
    try await fixture.addWorkload()
    try await fixture.sql(
      "SELECT format('ALTER DATABASE %I SET idle_in_transaction_session_timeout = 100', current_database()) \\gexec"
    )
    let row = try #require(try fixture.open().workload(id: "w1"))
    let writer = try fixture.writer()
    let rows = try fixture.lock(["w1"], writer)
    try await Task.sleep(for: .milliseconds(700))
    let fault = try failure { () throws(Failure) in _ = try rows.write(fixture.sync(row)) }
    #expect(fault.code == .database && fault.message.contains("took too long"), "\(fault)")
    #expect(fault.message.hasSuffix("nothing was changed"))
    #expect(fault.remedy?.text.contains("idle_in_transaction_session_timeout") == true)
    // The next workload has a connection of its own.
    guard case .written = try fixture.lock(["w1"], writer).write(fixture.sync(row)) else {
      Issue.record("not written")
      return
    }
    #expect(try await fixture.sql("SELECT count(*) FROM event_log") == "1")
  }

  /// A person may think for longer than a session may be idle: what was read is known to be the same database.
  @Test func aSessionMayEndWhileAPersonIsAsked() async throws {
    let fixture = try await EngineFixture(.text)
    try await fixture.addWorkload()
    let store = try fixture.open()
    let row = try #require(try store.workload(id: "w1"))
    try store.requireOriginal()
    try await fixture.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    let writer = try store.writer(patience: .seconds(5)) { false }
    guard case .written = try fixture.lock(["w1"], writer).write(fixture.sync(row)) else {
      Issue.record("not written")
      return
    }
  }

  /// A commit whose answer is lost is unknown, and is not sent again by what locks the next workload.
  @Test func nothingIsSentTwice() async throws {
    let fixture = try await EngineFixture(.text)
    for id in ["w1", "w2"] { try await fixture.addWorkload(id) }
    let store = try fixture.open()
    let (first, second) = (
      try #require(try store.workload(id: "w1")), try #require(try store.workload(id: "w2"))
    )
    // The session ends itself after the audit row is written, before the commit is answered.
    try await fixture.sql(
      """
      CREATE FUNCTION ended() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER ended AFTER INSERT ON event_log DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (NEW.metadata LIKE '%w1%') EXECUTE FUNCTION ended();
      """)
    let writer = try fixture.writer()
    let fault = try failure { () throws(Failure) in
      _ = try fixture.lock(["w1"], writer).write(fixture.sync(first))
    }
    #expect(fault.message.hasPrefix("unknown: "), "\(fault)")
    var hints: [String] = []
    let rows = try writer.lock(["w2"], EngineFixture.holder, before: .now + .seconds(20)) {
      hints.append($0)
    }
    #expect(hints.count == 1 && hints[0].hasSuffix("was lost: connecting again"), "\(hints)")
    guard case .written = try rows.write(fixture.sync(second)) else {
      Issue.record("not written")
      return
    }
    #expect(try await fixture.sql("SELECT metadata FROM event_log") == #"{"workload":"w2"}"#)
  }
}
