import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

@Suite(.ownTime, .hangLimit) struct HistoryTests {
  private func log(_ fixture: StoreFixture, _ metadata: String, source: String = "gitops")
    async throws
  {
    let text = metadata.replacing("'", with: "''")
    try await fixture.sql(
      """
      INSERT INTO event_log (source, severity, message, metadata, created_at)
      VALUES ('\(source)', 'info', 'x', '\(text)', '2026-01-02 03:04:05');
      """)
  }

  @Test func rowsAreReadInTheirOrder() async throws {
    let fixture = try await StoreFixture()
    try await log(
      fixture,
      #"{"workload":"w1","actor":"ann","host":"h","commit":"c1","path":"p","tool":"apply 1","#
        + #""changes":[{"field":"port","from":null,"to":8080}]}"#)
    try await log(fixture, #"{"kind":"enable","workload":"w2","changes":[]}"#)
    try await log(
      fixture, #"{"kind":"revert","workload":"w1","changes":[{"field":"port","from":8080}]}"#)
    let database = try fixture.open()
    let all = try database.syncEvents()
    #expect(all.map(\.id) == [1, 2, 3] && all.map(\.kind) == [.sync, .enable, .revert])
    #expect(all.allSatisfy { $0.createdAt == "2026-01-02T03:04:05Z" })
    let first = try #require(all.first)
    #expect(
      [first.actor, first.host, first.commit, first.path, first.tool]
        == ["ann", "h", "c1", "p", "apply 1"])
    #expect(first.changes == [.init(field: "port", from: nil, to: .integer(8080))])
    #expect(try database.syncEvents(of: "w1").map(\.id) == [1, 3])
    #expect(all.last(setting: SpecFieldTable.port, of: "w1")?.id == 3)
    #expect(all.last(setting: SpecFieldTable.port, of: "w2") == nil)
  }

  /// Anything else in the log is left out or read as far as it goes, and is never a fault.
  @Test func otherRowsAreNotOurs() async throws {
    let fixture = try await StoreFixture()
    for metadata in [
      "", "{", "null", "[]", "{}", #"{"workload":5}"#, #"{"workload":""}"#,
      #"{"workload":"w1","kind":"deploy"}"#, #"{"workload":"w1","workload":"w1"}"#,
    ] {
      try await log(fixture, metadata)
    }
    try await log(fixture, #"{"workload":"w1"}"#, source: "deploy")
    try await log(
      fixture, #"{"workload_id":"w1","changes":[1,{},{"field":"port","to":"x"}],"actor":1}"#)
    let events = try fixture.open().syncEvents(of: "w1")
    #expect(events.map(\.id) == [11] && events.first?.actor == "")
    #expect(events.first?.changes == [.init(field: "port", from: nil, to: "x", isFromKnown: false)])
  }

  /// Ids that JSON escapes, in one way or another, are found as well.
  @Test(arguments: ["a/b", "a\"b", "é", "a\\b", "<&>", "a'b"])
  func oddIdsAreFound(_ id: String) async throws {
    let fixture = try await StoreFixture()
    try await log(fixture, JSONWriter.compact(["workload": .string(id)]))
    try await log(fixture, #"{"workload":"\u003c\u0026\u003e"}"#)
    #expect(try fixture.open().syncEvents(of: id).first?.workload == id)
  }

  @Test(arguments: [
    "", "CREATE TABLE event_log (message TEXT);", "CREATE TABLE event_log (metadata TEXT);",
    "CREATE TABLE event_log (source TEXT PRIMARY KEY, metadata TEXT) WITHOUT ROWID;",
    "CREATE VIEW event_log AS SELECT 'gitops' AS source;",
  ])
  func withoutALogThereIsNoHistory(_ schema: String) async throws {
    let fixture = try await StoreFixture()
    try await fixture.sql("DROP TABLE event_log; \(schema)")
    #expect(try fixture.open().syncEvents().isEmpty)
  }

  @Test func aLogWithoutTimesIsRead() async throws {
    let fixture = try await StoreFixture()
    try await fixture.sql(
      """
      DROP TABLE event_log; CREATE TABLE event_log (source, metadata);
      INSERT INTO event_log VALUES ('gitops', '{"workload":"w1"}');
      """)
    #expect(try fixture.open().syncEvents().map(\.createdAt) == [""])
  }
}
