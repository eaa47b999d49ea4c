import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// What every engine writes, and what it does not.
@Suite(.ownTime, .hangLimit) struct StoreWritingTests {
  @Test(arguments: StoreEngine.allCases) func aSyncIsWrittenWhole(_ engine: StoreEngine)
    async throws
  {
    let fixture = try await EngineFixture(engine)
    try await fixture.addWorkload()
    try await fixture.sql("UPDATE workloads SET updated_at = '2026-01-02 03:04:05+00';")
    let row = try #require(try fixture.open().workload(id: "w1"))
    guard case .written(let events) = try fixture.write(fixture.sync(row)) else {
      Issue.record("not written")
      return
    }
    #expect(events.map(\.event) == [1] && events.map(\.note) == [nil])
    #expect(
      try await fixture.sql(
        """
        SELECT source_config, gitops_commit_sha FROM workloads;
        SELECT id, source, severity, message, metadata FROM event_log;
        """) == "{\"port\": 2}|c0ffee\n1|gitops|info|Synced.|{\"workload\":\"w1\"}")
    let store = try fixture.open()
    let times = try store.recordedTimes()
    #expect(times.count == 3 && times.dropFirst().allSatisfy { $0.time == "2026-11-24T01:02:03Z" })
    let now = try #require(try store.workload(id: "w1"))
    #expect(now.lastSyncAt == "2026-11-24T01:02:03Z" && now.lastSyncCommit == "c0ffee")
    #expect(try store.syncEvents(of: "w1").map(\.id) == [1])
  }

  @Test(arguments: StoreEngine.allCases) func aMovedRowIsNotWritten(_ engine: StoreEngine)
    async throws
  {
    let fixture = try await EngineFixture(engine)
    try await fixture.addWorkload()
    let row = try #require(try fixture.open().workload(id: "w1"))
    for change in [
      "source_config = '{\"port\":9}'", "gitops_path = 'b.yml'",
      "gitops_enabled = \(engine.isSQLite ? "0" : "false")", "source_kind = 'static'",
      "gitops_commit_sha = 'd'", "gitops_last_sync_at = '2026-01-02T03:04:05Z'",
    ] {
      try await fixture.sql("UPDATE workloads SET \(change);")
      let before = try await fixture.content()
      guard case .conflict(let fresh) = try fixture.write(fixture.sync(row)) else {
        Issue.record("\(change) was not seen")
        continue
      }
      #expect(fresh == (try fixture.open().workload(id: "w1")))
      #expect(try await fixture.content() == before)
    }
    // What was renewed is written.
    let now = try #require(try fixture.open().workload(id: "w1"))
    let rows = try fixture.lock(["w1"], fixture.writer())
    let outcome = try rows.write([fixture.sync(row)]) { (number, seen) throws(Failure) in
      #expect(number == 0 && seen == now)
      return fixture.sync(seen)
    }
    guard case .written = outcome else {
      Issue.record("not written")
      return
    }
    rows.release()
    try await fixture.sql("DELETE FROM workloads;")
    guard case .vanished("w1") = try fixture.write(fixture.sync(row)) else {
      Issue.record("the row's absence was not seen")
      return
    }
  }

  /// Several rows are one transaction, each with its audit.
  @Test(arguments: StoreEngine.allCases) func allOrNone(_ engine: StoreEngine) async throws {
    let fixture = try await EngineFixture(engine)
    for id in ["a", "b", "c"] { try await fixture.addWorkload(id) }
    let rows = try fixture.open().workloads()
    try await fixture.sql("UPDATE workloads SET gitops_path = 'x' WHERE id = 'b';")
    let before = try await fixture.content()
    let writer = try fixture.writer()
    let none = { (_: Int, _: Workload) throws(Failure) -> RowWrite? in nil }
    let ids = rows.map(\.id)
    guard
      case .conflict(let fresh) = try fixture.lock(ids, writer).write(
        rows.map { fixture.sync($0) }, renew: none)
    else {
      Issue.record("a moved row was not seen")
      return
    }
    #expect(fresh.id == "b" && fresh.gitopsPath == "x")
    #expect(try await fixture.content() == before)
    let now = try fixture.open().workloads()
    let outcome = try fixture.lock(ids, writer).write(now.map { fixture.sync($0) }, renew: none)
    guard case .written(let events) = outcome else {
      Issue.record("not written")
      return
    }
    let numbers = events.compactMap(\.event)
    #expect(numbers.count == 3 && numbers == numbers.sorted())
    #expect(
      try await fixture.sql("SELECT count(*) FROM workloads WHERE gitops_commit_sha = 'c0ffee';")
        == "3")
  }

  /// Opting in and out, and a revert to before the first sync, write what they name and nothing else.
  @Test(arguments: StoreEngine.allCases) func partsAreWritten(_ engine: StoreEngine) async throws {
    let fixture = try await EngineFixture(engine)
    try await fixture.addWorkload()
    let stamps = "SELECT updated_at, source_config FROM workloads;"
    let before = try await fixture.sql(stamps)
    var row = try #require(try fixture.open().workload(id: "w1"))
    _ = try fixture.write(
      RowWrite(
        expected: row, now: "2026-11-24T01:02:03Z", gitopsEnabled: false, gitopsPath: "b'.yml"))
    row = try #require(try fixture.open().workload(id: "w1"))
    #expect(!row.gitopsEnabled && row.gitopsPath == "b'.yml")
    #expect(try await fixture.sql(stamps) == before)
    _ = try fixture.write(
      RowWrite(
        expected: row, now: "2026-11-24T01:02:03Z",
        mark: .init(commit: "c", at: "2026-11-24T01:02:03Z")))
    row = try #require(try fixture.open().workload(id: "w1"))
    #expect(row.wasSynced)
    guard
      case .written = try fixture.write(
        RowWrite(expected: row, now: "2026-11-24T01:02:03Z", mark: .init(commit: "", at: "")))
    else {
      Issue.record("not written")
      return
    }
    #expect(try fixture.open().workload(id: "w1")?.wasSynced == false)
  }

  /// Undeclared members are kept: in `text` and `json` to the byte, in `jsonb` by value.
  @Test(arguments: StoreEngine.allCases) func theConfigIsKeptAsItIsWritten(_ engine: StoreEngine)
    async throws
  {
    let fixture = try await EngineFixture(engine)
    try await fixture.addWorkload()
    let row = try #require(try fixture.open().workload(id: "w1"))
    let config = #"{ "z":12345678901234567890, "a":1.50,"port" :8080, "e":"\u00e9'\\", "n":1e3 }"#
    guard case .written = try fixture.write(fixture.sync(row, config: config)) else {
      Issue.record("not written")
      return
    }
    let stored = try #require(try fixture.open().workload(id: "w1")).sourceConfig
    #expect(
      stored
        == (engine == .jsonb
          ? #"{"a": 1.50, "e": "é'\\", "n": 1000, "z": 12345678901234567890, "port": 8080}"#
          : config))
  }

  /// A value that the column cannot hold is refused, and nothing is changed.
  @Test(arguments: [StoreEngine.json, .jsonb]) func whatTheColumnRefusesIsNotWritten(
    _ engine: StoreEngine
  ) async throws {
    let fixture = try await EngineFixture(engine)
    try await fixture.addWorkload()
    let before = try await fixture.content()
    let row = try #require(try fixture.open().workload(id: "w1"))
    for config in ["{", engine == .jsonb ? #"{"a":"\u0000"}"# : "hunter2"] {
      let fault = try failure { () throws(Failure) in
        _ = try fixture.write(fixture.sync(row, config: config))
      }
      #expect(fault.code == .database && !fault.sentence.contains("hunter2"), "\(fault)")
    }
    #expect(try await fixture.content() == before)
  }

  /// A trigger as each engine has it: what it does, and when.
  private static let triggers: [(sqlite: String, postgres: String, body: String)] = [
    (
      "BEFORE UPDATE ON workloads BEGIN SELECT raise(IGNORE); END;", "BEFORE UPDATE ON workloads",
      "RETURN NULL;"
    ),
    (
      "AFTER UPDATE ON workloads BEGIN UPDATE workloads SET gitops_commit_sha = 'x' WHERE id = new.id; END;",
      "BEFORE UPDATE ON workloads", "NEW.gitops_commit_sha := 'x'; RETURN NEW;"
    ),
    (
      "AFTER INSERT ON event_log BEGIN UPDATE workloads SET source_config = '{}'; END;",
      "AFTER INSERT ON event_log", "UPDATE workloads SET source_config = '{}'; RETURN NULL;"
    ),
    (
      "BEFORE INSERT ON event_log BEGIN SELECT raise(IGNORE); END;", "BEFORE INSERT ON event_log",
      "RETURN NULL;"
    ),
    (
      "AFTER INSERT ON event_log BEGIN DELETE FROM event_log WHERE id = new.id; END;",
      "AFTER INSERT ON event_log", "DELETE FROM event_log WHERE id = NEW.id; RETURN NULL;"
    ),
    (
      "AFTER INSERT ON event_log BEGIN UPDATE event_log SET metadata = '{}' WHERE id = new.id; END;",
      "BEFORE INSERT ON event_log", "NEW.metadata := '{}'; RETURN NEW;"
    ),
    // Run by PostgreSQL at the commit, unless it is asked to run it before.
    (
      "AFTER INSERT ON event_log BEGIN UPDATE event_log SET source = 'x' WHERE id = new.id; END;",
      "DEFERRED", "UPDATE event_log SET source = 'x' WHERE id = NEW.id; RETURN NULL;"
    ),
  ]

  private func addTrigger(_ index: Int, _ fixture: EngineFixture) async throws {
    let trigger = Self.triggers[index]
    if fixture.engine.isSQLite {
      return _ = try await fixture.sql("CREATE TRIGGER t \(trigger.sqlite)")
    }
    let when =
      trigger.postgres == "DEFERRED"
      ? "CONSTRAINT TRIGGER t AFTER INSERT ON event_log DEFERRABLE INITIALLY DEFERRED"
      : "TRIGGER t \(trigger.postgres)"
    try await fixture.sql(
      """
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(trigger.body) END $$;
      CREATE \(when) FOR EACH ROW EXECUTE FUNCTION f();
      """)
  }

  /// A trigger that ignores a write, or makes another one of it, undoes all of it.
  @Test(arguments: StoreEngine.allCases, triggers.indices)
  func whatATriggerAltersIsNotKept(_ engine: StoreEngine, _ index: Int) async throws {
    let fixture = try await EngineFixture(engine)
    try await fixture.addWorkload()
    try await addTrigger(index, fixture)
    let row = try #require(try fixture.open().workload(id: "w1"))
    let before = try await fixture.content()
    let fault = try failure { () throws(Failure) in _ = try fixture.write(fixture.sync(row)) }
    #expect(fault.message.contains("does not keep") && fault.code == .database, "\(fault)")
    #expect(try await fixture.content() == before)
    if case .some(let remedy) = fault.remedy, !engine.isSQLite {
      let command = try #require(remedy.text.firstRange(of: "psql "))
      let shown = try await mustRun(
        "sh", ["-c", String(remedy.text[command.lowerBound...])],
        environment: ["PGUSER": "postgres"])
      #expect(shown.contains("CREATE"), "\(shown)")
    }
  }

  /// An update that a column's own times, keys and further columns go with.
  @Test(arguments: [StoreEngine.sqlite, .text]) func richSchemasServe(_ engine: StoreEngine)
    async throws
  {
    let fixture = try await EngineFixture(
      engine,
      schema: """
        CREATE TABLE workloads (id bigint PRIMARY KEY, source_kind text, source_config text NOT NULL,
          gitops_enabled integer, gitops_path text, gitops_last_sync_at text, gitops_commit_sha text,
          updated_at bigint NOT NULL, length integer GENERATED ALWAYS AS (length(source_config)) STORED);
        INSERT INTO workloads VALUES (7, 'static', '{"port":1}', 1, 'p', '', '', 1577836800);
        CREATE TABLE event_log (id integer PRIMARY KEY\(engine.isSQLite ? "" : " GENERATED BY DEFAULT AS IDENTITY"),
          message text NOT NULL, source text, severity text, metadata text,
          owner bigint REFERENCES workloads (id), created_at text NOT NULL);
        INSERT INTO event_log VALUES (0, 'x', 'y', 'z', '{}', NULL, '2026-01-02T03:04:05+02:00');
        """)
    let store = try fixture.open()
    let row = try #require(try store.workload(id: "7"))
    #expect(try store.workload(id: "x") == nil)
    guard case .written = try fixture.write(fixture.sync(row)) else {
      Issue.record("not written")
      return
    }
    let stored = try await fixture.sql(
      "SELECT length, updated_at, owner, created_at FROM workloads, event_log WHERE event_log.id = 1;"
    )
    #expect(stored == "11|1795482123|7|2026-11-24T03:02:03+02:00")
    #expect(try store.syncEvents(of: "7").map(\.createdAt) == ["2026-11-24T01:02:03Z"])
  }

  /// A time that is written in no known form is left alone, which is told.
  @Test(arguments: [StoreEngine.sqlite, .text]) func anUnknownFormOfATimeIsLeftAlone(
    _ engine: StoreEngine
  ) async throws {
    let fixture = try await EngineFixture(engine)
    try await fixture.addWorkload()
    if !engine.isSQLite {
      try await fixture.sql(
        "ALTER TABLE workloads ALTER updated_at DROP DEFAULT, ALTER updated_at TYPE text;")
    }
    try await fixture.sql("UPDATE workloads SET updated_at = 'yesterday';")
    let row = try #require(try fixture.open().workload(id: "w1"))
    guard case .written(let rows) = try fixture.write(fixture.sync(row)) else {
      Issue.record("not written")
      return
    }
    #expect(rows.first?.note?.contains("holds yesterday, which is not a known form") == true)
    #expect(try await fixture.sql("SELECT updated_at FROM workloads;") == "yesterday")
  }
}
