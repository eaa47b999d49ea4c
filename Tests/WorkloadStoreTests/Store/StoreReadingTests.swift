import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// What every engine reads.
@Suite(.ownTime, .hangLimit) struct StoreReadingTests {
  static let oddIDs = [
    "w-1", "1", "a b", "a'b", "\"", "$1", "é", "e\u{301}", "x\ny", "%", "_", "\\", "/../x",
    "w'; DROP TABLE workloads; --", "{}", "\u{1F600}", String(repeating: "a", count: 300), " ", "A",
    "a",
  ]

  /// Ids and names are what they are, in every place that they go through.
  @Test(arguments: StoreEngine.allCases) func oddIDsAreIDs(_ engine: StoreEngine) async throws {
    let fixture = try await EngineFixture(engine)
    for id in Self.oddIDs { try await fixture.addWorkload(id, name: "n'\(id)") }
    let store = try fixture.open()
    let rows = try store.workloads()
    #expect(Set(rows.map(\.key)) == Set(Self.oddIDs.map(WorkloadKey.init)))
    for id in Self.oddIDs {
      let row = try #require(try store.workload(id: id), "\(id.debugDescription)")
      #expect(row.id.hasSameBytes(as: id) && row.name.hasSameBytes(as: "n'\(id)"))
      #expect(try store.syncEvents(of: id).isEmpty)
    }
    for absent in ["", "w", "a\0b", "E", "'", String(repeating: "a", count: 301)] {
      #expect(try store.workload(id: absent) == nil, "\(absent.debugDescription)")
    }
  }

  @Test(arguments: StoreEngine.allCases) func rowsAreInTheOrderOfTheirNames(_ engine: StoreEngine)
    async throws
  {
    let fixture = try await EngineFixture(engine)
    for (id, name) in [("3", "b"), ("2", "B"), ("5", "a"), ("4", "a"), ("1", "ä")] {
      try await fixture.addWorkload(id, name: name)
    }
    try await fixture.addWorkload("6", name: "c", kind: "")
    #expect(try fixture.open().workloads().map(\.id) == ["2", "4", "5", "3", "1"])
  }

  @Test(arguments: StoreEngine.allCases) func aRowIsReadWhole(_ engine: StoreEngine) async throws {
    let fixture = try await EngineFixture(engine)
    let config = #"{"b": 1, "memory": 12345678901234567890, "a": [1.50, "é"], "n": null}"#
    try await fixture.addWorkload(config: config)
    let row = try #require(try fixture.open().workload(id: "w1"))
    #expect(row.name == "n-w1" && row.sourceKind == "dockerfile" && row.gitopsEnabled)
    #expect(row.gitopsPath == ".tinyforge.yml" && !row.wasSynced && row.configFault == nil)
    // `jsonb` keeps the values, and the text of numbers, in an order of its own.
    let stored =
      engine == .jsonb
      ? #"{"a": [1.50, "é"], "b": 1, "n": null, "memory": 12345678901234567890}"# : config
    #expect(row.sourceConfig == stored)
    try await fixture.sql(
      """
      UPDATE workloads SET gitops_last_sync_at = '2026-01-02T03:04:05Z', gitops_commit_sha = 'c', gitops_path = '',
        gitops_enabled = \(engine.isSQLite ? "0" : "false");
      """)
    let synced = try #require(try fixture.open().workload(id: "w1"))
    #expect(synced.lastSyncAt == "2026-01-02T03:04:05Z" && synced.lastSyncCommit == "c")
    #expect(!synced.gitopsEnabled && synced.gitopsPath.isEmpty)
  }

  @Test(arguments: StoreEngine.allCases) func volumesTellOfTheirWorkloads(_ engine: StoreEngine)
    async throws
  {
    let fixture = try await EngineFixture(engine)
    for id in ["a", "b", "c'd"] { try await fixture.addWorkload(id) }
    #expect(try fixture.open().workloadsWithVolumes().isEmpty)
    try await fixture.sql(
      """
      CREATE TABLE workload_volumes (id integer PRIMARY KEY, owner text REFERENCES workloads (id));
      INSERT INTO workload_volumes VALUES (1, 'a'), (2, 'c''d'), (3, 'a'), (4, NULL);
      """)
    let found = try fixture.open().workloadsWithVolumes()
    #expect(found == [WorkloadKey("a"), WorkloadKey("c'd")])
    try await fixture.sql("DROP TABLE workload_volumes; CREATE TABLE workload_volumes (x integer);")
    #expect(try fixture.open().workloadsWithVolumes().isEmpty)
  }

  private static let columns = [
    "id TEXT PRIMARY KEY", "source_kind TEXT", "source_config TEXT", "gitops_enabled INTEGER",
    "gitops_path TEXT", "gitops_last_sync_at TEXT", "gitops_commit_sha TEXT",
  ]

  @Test(arguments: [StoreEngine.sqlite, .text]) func aMissingColumnIsNamed(_ engine: StoreEngine)
    async throws
  {
    for index in Self.columns.indices {
      var columns = Self.columns
      let missing = columns.remove(at: index).prefix { $0 != " " }
      let fixture = try await EngineFixture(
        engine, schema: "CREATE TABLE workloads (\(columns.joined(separator: ", ")));")
      let fault = try failure { () throws(Failure) in _ = try fixture.open() }
      #expect(fault.code == .database && fault.message.hasSuffix("lacks \(missing)"))
      #expect(fault.remedy?.text.contains("update Tinyforge") == true)
    }
    let empty = try await EngineFixture(engine, schema: "CREATE TABLE apps (id text);")
    let fault = try failure { () throws(Failure) in _ = try empty.open() }
    #expect(fault.code == .database && fault.message.contains("no workloads table"), "\(fault)")
  }

  /// The least schema is enough; what is absent is noted.
  @Test(arguments: [StoreEngine.sqlite, .text]) func theLeastSchemaServes(_ engine: StoreEngine)
    async throws
  {
    let fixture = try await EngineFixture(
      engine,
      schema: """
        CREATE TABLE workloads (\(Self.columns.joined(separator: ", ")));
        INSERT INTO workloads VALUES ('w', 'static', '{}', 1, 'a.yml', '', '');
        """)
    let store = try fixture.open()
    #expect(store.notes.count == 2 && !store.hasSyncEvents)
    let row = try #require(try store.workload(id: "w"))
    #expect(row.name.isEmpty && row.gitopsEnabled && row.gitopsPath == "a.yml")
    guard case .written(let events) = try fixture.write(fixture.sync(row)) else {
      Issue.record("not written")
      return
    }
    #expect(events.map(\.event) == [nil])
    let stored = try await fixture.sql("SELECT source_config, gitops_last_sync_at FROM workloads;")
    #expect(stored == #"{"port": 2}|2026-11-24T01:02:03Z"#)
  }

  /// A command that shows a live config does so for every id.
  @Test(arguments: StoreEngine.allCases) func theConfigCommandIsForAShell(_ engine: StoreEngine)
    async throws
  {
    let fixture = try await EngineFixture(engine)
    for id in Self.oddIDs { try await fixture.addWorkload(id, config: #"{"port": 7}"#) }
    let store = try fixture.open()
    for row in try store.workloads() {
      let shown = try await mustRun(
        "bash", ["-c", store.configCommand(row).text], environment: ["PGUSER": "postgres"])
      #expect(shown.contains(#"{"port": 7}"#), "\(shown)")
    }
  }

  @Test(arguments: StoreEngine.allCases) func recordedTimesAreFound(_ engine: StoreEngine)
    async throws
  {
    let fixture = try await EngineFixture(engine)
    try await fixture.addWorkload()
    try await fixture.log("{}")
    try await fixture.sql(
      "UPDATE workloads SET updated_at = '2026-01-02 03:04:05Z', gitops_last_sync_at = '2026-01-02T03:04:06Z';"
    )
    let times = try fixture.open().recordedTimes()
    #expect(
      times.map(\.time) == ["2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z", "2026-01-02T03:04:05Z"])
    #expect(times.map(\.place).first == "event 1")
  }
}
