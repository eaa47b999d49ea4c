import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// A row is identified by its id with its storage class: ids that print alike are two workloads.
@Suite(.ownTime, .hangLimit) struct RowIdentityTests {
  private static let rest =
    "source_kind, source_config, gitops_enabled, gitops_path, gitops_last_sync_at, gitops_commit_sha"

  /// A table and its ids as SQL, with the text that each is written as.
  private static let tables: [(schema: String, ids: [(sql: String, id: String)])] = [
    (
      "id TEXT PRIMARY KEY, \(rest)",
      [
        ("'b'", "b"), ("x'62'", "x'62'"), ("'1'", "1"), ("x'31'", "x'31'"),
        ("'x''62'''", "'x''62'''"),
        ("'NULL'", "'NULL'"), ("NULL", "NULL"), ("''", ""), ("x''", "x''"), ("'it''s'", "it's"),
        // Composed and decomposed, which Swift takes for one.
        ("'é'", "é"), ("'e\u{301}'", "e\u{301}"), ("CAST(x'ff' AS TEXT)", "CAST(x'ff' AS TEXT)"),
        ("CAST(x'fe' AS TEXT)", "CAST(x'fe' AS TEXT)"),
        ("'CAST(x''ff'' AS TEXT)'", "'CAST(x''ff'' AS TEXT)'"),
      ]
    ),
    (
      "id PRIMARY KEY, \(rest)",
      [
        ("1", "1"), ("'1'", "'1'"), ("x'31'", "x'31'"), ("1.5", "1.5"), ("'1.5'", "'1.5'"),
        ("'w-1'", "w-1"),
      ]
    ),
    ("id INTEGER PRIMARY KEY, \(rest)", [("1", "1"), ("2", "2"), ("-3", "-3")]),
    ("id INTEGER, \(rest)", [("1", "1"), ("'a'", "a"), ("x'31'", "x'31'")]),
    (
      "id TEXT NOT NULL PRIMARY KEY COLLATE NOCASE, rowid TEXT, \(rest)) WITHOUT ROWID; SELECT (1",
      [("'a'", "a"), ("x'61'", "x'61'"), ("x'41'", "x'41'")]
    ),
    (
      "id TEXT COLLATE NOCASE, n INTEGER PRIMARY KEY, \(rest)",
      [("'a'", "a"), ("'A'", "A"), ("x'61'", "x'61'")]
    ),
    (
      "Id TEXT NOT NULL, \"odd \"\"name\" INT NOT NULL DEFAULT (abs(random())), \(rest), "
        + "PRIMARY KEY (\"odd \"\"name\", id)) WITHOUT ROWID; SELECT (1",
      [("'a'", "a"), ("x'61'", "x'61'")]
    ),
  ]

  @Test(arguments: tables.indices)
  func eachRowIsReadAndWrittenByItself(_ index: Int) async throws {
    let (schema, ids) = Self.tables[index]
    let inserts = ids.enumerated().map { number, id in
      "INSERT INTO workloads (id, \(Self.rest)) VALUES (\(id.sql), 'static', '{\"n\":\(number)}', 1, 'p', '', '');"
    }
    let fixture = try await StoreFixture(
      schema: """
        CREATE TABLE workloads (\(schema));
        \(inserts.joined(separator: "\n"))
        CREATE TABLE event_log (id INTEGER PRIMARY KEY, source TEXT, message TEXT, metadata TEXT, workload_id);
        """)
    let database = try fixture.open(.readWrite)
    let rows = try database.workloads()
    #expect(Set(rows.map(\.key)) == Set(ids.map { WorkloadKey($0.id) }))
    for (number, (sql, id)) in ids.enumerated() {
      let row = try #require(try database.workload(id: id), "\(id)")
      #expect(row.sourceConfig == "{\"n\":\(number)}")
      let write = fixture.sync(row, config: "{\"n\":\(number),\"new\":1}")
      guard case .written(let written) = try database.write(write) else {
        Issue.record("\(id) was not written")
        continue
      }
      let event = try #require(written.first?.event)
      let told = try await fixture.sql(
        "SELECT workload_id IS \(sql), typeof(workload_id) = typeof(\(sql)) FROM event_log WHERE id = \(event);"
      )
      #expect(told == "1|1", "\(id)")
    }
    let written = try await fixture.sql(
      "SELECT count(*) FROM workloads WHERE source_config LIKE '%new%';")
    #expect(written == "\(ids.count)")
    #expect(
      try await fixture.sql("SELECT count(DISTINCT source_config) FROM workloads;") == written)
    #expect(
      try database.workload(id: "x'6'") == nil && (try database.workload(id: "absent")) == nil)
  }

  /// Rows without a unique id cannot be distinguished: such rows are not written.
  @Test func anIdThatTwoRowsHaveIsNobodys() async throws {
    let fixture = try await StoreFixture(
      schema: """
        CREATE TABLE workloads (id, \(Self.rest));
        INSERT INTO workloads VALUES ('w', 'static', '{}', 1, 'p', '', ''), ('w', 'static', '{}', 1, 'p', '', ''),
          ('v', 'static', '{}', 1, 'p', '', '');
        """)
    let database = try fixture.open(.readWrite)
    let fault = try failure { () throws(Failure) in _ = try database.workload(id: "w") }
    #expect(fault.message.contains("several rows"), "\(fault)")
    let row = try #require(try database.workloads().first { $0.id == "w" })
    #expect(throws: Failure.self) { try database.write(fixture.sync(row)) }
    #expect(
      try await fixture.sql("SELECT count(*) FROM workloads WHERE source_config <> '{}';") == "0")
    #expect(try database.workload(id: "v") != nil)
  }
}
