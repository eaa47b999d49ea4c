import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// What every engine reads of the event log, in PostgreSQL also of metadata in `jsonb`.
@Suite(.ownTime, .hangLimit) struct StoreHistoryTests {
  private static let engines: [StoreEngine] = [.sqlite, .text, .jsonb]

  private func fixture(_ engine: StoreEngine) async throws -> EngineFixture {
    let fixture = try await EngineFixture(engine)
    if engine == .jsonb {
      try await fixture.sql(
        "ALTER TABLE event_log ALTER metadata DROP DEFAULT, ALTER metadata TYPE jsonb USING metadata::jsonb;"
      )
    }
    return fixture
  }

  private func all(_ store: any WorkloadStore) throws -> [SyncEvent] {
    var events: [SyncEvent] = []
    try store.forEachSyncEvent { events.append($0) }
    return events
  }

  @Test(arguments: engines) func rowsAreReadInTheirOrder(_ engine: StoreEngine) async throws {
    let fixture = try await fixture(engine)
    try await fixture.log(
      #"{"workload":"w1","actor":"ann","host":"h","commit":"c1","path":"p","tool":"apply 1","#
        + #""changes":[{"field":"port","from":null,"to":8080}]}"#)
    try await fixture.log(#"{"kind":"enable","workload":"w2","changes":[]}"#)
    try await fixture.log(
      #"{"kind":"revert","workload":"w1","changes":[{"field":"port","from":8080}]}"#)
    let database = try fixture.open()
    let all = try all(database)
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
  @Test(arguments: [StoreEngine.sqlite, .text]) func otherRowsAreNotOurs(_ engine: StoreEngine)
    async throws
  {
    let fixture = try await fixture(engine)
    for metadata in [
      "", "{", "null", "[]", "{}", #"{"workload":5}"#, #"{"workload":""}"#,
      #"{"workload":"w1","kind":"deploy"}"#, #"{"workload":"w1","workload":"w1"}"#,
    ] {
      try await fixture.log(metadata)
    }
    try await fixture.log(#"{"workload":"w1"}"#, source: "deploy")
    try await fixture.log(
      #"{"workload_id":"w1","changes":[1,{},{"field":"port","to":"x"}],"actor":1}"#)
    let events = try fixture.open().syncEvents(of: "w1")
    #expect(events.map(\.id) == [11] && events.first?.actor == "")
    #expect(events.first?.changes == [.init(field: "port", from: nil, to: "x", isFromKnown: false)])
  }

  /// Ids that JSON escapes, in one way or another, are found as well.
  @Test(arguments: engines, ["a/b", "a\"b", "é", "a\\b", "<&>", "a'b", "7", "w-1"])
  func oddIdsAreFound(_ engine: StoreEngine, _ id: String) async throws {
    let fixture = try await fixture(engine)
    try await fixture.log(JSONWriter.compact(["workload": .string(id)]))
    try await fixture.log(#"{"workload":"\u003c\u0026\u003e"}"#)
    #expect(try fixture.open().syncEvents(of: id).first?.workload == id)
  }

  /// A long log is read in parts, the latest first, down to a time and for as long as it is asked for.
  @Test(arguments: engines) func theLatestComeFirst(_ engine: StoreEngine) async throws {
    let fixture = try await fixture(engine)
    let rows = (1...700).map { number in
      "('gitops', 'info', 'x', '{\"workload\":\"w\(number % 2)\"}', '2026-01-0\(number / 100 + 1)T00:00:00Z')"
    }
    try await fixture.sql(
      "INSERT INTO event_log (source, severity, message, metadata, created_at) VALUES \(rows.joined(separator: ", "));"
    )
    let store = try fixture.open()
    func ids(of workload: String?, since: Int64? = nil, limit: Int = .max) throws -> [Int64] {
      var ids: [Int64] = []
      try store.forEachLatestSyncEvent(of: workload, since: since) { (event) throws(Failure) in
        ids.append(event.id)
        return ids.count < limit
      }
      return ids
    }
    #expect(try ids(of: nil) == (1...700).reversed().map { Int64($0) })
    #expect(try ids(of: "w1") == (1...700).reversed().filter { $0 % 2 == 1 }.map { Int64($0) })
    #expect(try ids(of: nil, limit: 2) == [700, 699])
    let since = try #require(UTCTime.seconds(ofRFC3339: "2026-01-07T00:00:00Z"))
    #expect(try ids(of: nil, since: since) == (600...700).reversed().map { Int64($0) })
    #expect(try all(store).count == 700)
  }

  /// Rows of a log whose own column names the workload.
  @Test(arguments: engines) func aColumnNamesTheWorkload(_ engine: StoreEngine) async throws {
    let fixture = try await fixture(engine)
    for id in ["w1", "a'b"] { try await fixture.addWorkload(id) }
    try await fixture.sql(
      "ALTER TABLE event_log ADD COLUMN workload_id text REFERENCES workloads (id);")
    for id in ["w1", "a'b"] {
      let row = try #require(try fixture.open().workload(id: id))
      _ = try fixture.write(fixture.sync(row))
    }
    try await fixture.sql("UPDATE event_log SET metadata = '{\"kind\":\"sync\"}';")
    let store = try fixture.open()
    #expect(try all(store).map(\.workload) == ["w1", "a'b"])
    #expect(try store.syncEvents(of: "a'b").map(\.id) == [2])
  }

  @Test(
    arguments: [StoreEngine.sqlite, .text],
    [
      "", "CREATE TABLE event_log (message TEXT);", "CREATE TABLE event_log (metadata TEXT);",
      "CREATE VIEW event_log AS SELECT 'gitops' AS source;",
    ])
  func withoutALogThereIsNoHistory(_ engine: StoreEngine, _ schema: String) async throws {
    let fixture = try await EngineFixture(engine)
    try await fixture.sql("DROP TABLE event_log; \(schema)")
    let store = try fixture.open()
    #expect(try all(store).isEmpty)
    #expect(try store.syncEvents(of: "w1").isEmpty)
    #expect(!store.hasSyncEvents)
  }
}
