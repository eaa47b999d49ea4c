import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// Go's drivers store `[]byte` and `json.RawMessage` as BLOBs, and read a BLOB back into a string.
@Suite(.ownTime, .hangLimit) struct BlobTests {
  private let columns = [
    "name", "source_kind", "source_config", "gitops_path", "gitops_last_sync_at",
    "gitops_commit_sha",
  ]

  /// Every text column is read, and written in the storage class that it has.
  @Test func blobsAreTextAndStayBlobs() async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    let read = try fixture.open()
    let asText = try #require(try read.workload(id: "w1"))
    for column in columns {
      try await fixture.sql("UPDATE workloads SET \(column) = CAST(\(column) AS BLOB);")
    }
    try await fixture.sql(
      "UPDATE workloads SET gitops_enabled = CAST(gitops_enabled AS BLOB), updated_at = CAST('2020-01-01' AS BLOB);"
    )
    let database = try fixture.open(.readWrite)
    var row = try #require(try database.workload(id: "w1"))
    #expect(!row.isIdentical(to: asText))
    #expect(row.blobs == [.sourceConfig, .gitopsPath, .lastSyncAt, .lastSyncCommit])
    row.blobs = []
    #expect(row == asText)
    let fresh = try #require(try database.workload(id: "w1"))
    var write = fixture.sync(fresh)
    write.gitopsPath = "deploy/.tinyforge.yml"
    guard case .written = try database.write(write) else {
      Issue.record("not written")
      return
    }
    let types = columns.map { "typeof(\($0))" }.joined(separator: ", ")
    let stored = try await fixture.sql("SELECT \(types), typeof(updated_at) FROM workloads;")
    #expect(stored == Array(repeating: "blob", count: 7).joined(separator: "|"))
    let values = try await fixture.sql(
      "SELECT source_config, gitops_path, gitops_commit_sha, updated_at FROM workloads;")
    #expect(values == #"{"port":2}|deploy/.tinyforge.yml|c0ffee|2026-11-24"#)
  }

  /// A config whose storage class changed since it was read is another one.
  @Test func aChangedStorageClassIsAConflict() async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    let database = try fixture.open(.readWrite)
    let row = try #require(try database.workload(id: "w1"))
    try await fixture.sql("UPDATE workloads SET source_config = CAST(source_config AS BLOB);")
    guard case .conflict = try database.write(fixture.sync(row)) else {
      Issue.record("the change was not seen")
      return
    }
  }

  /// An empty BLOB is an empty text: such a row belongs to no app.
  @Test func anEmptySourceIsNoApp() async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    try await fixture.sql("UPDATE workloads SET source_kind = x'';")
    #expect(try fixture.open().workloads().isEmpty)
  }

  /// A value that is not UTF-8 text is reported as such, and never overwritten.
  @Test(arguments: [
    ("x'7bff7d'", "the byte 0xFF after 1 bytes"), ("CAST(x'7bff7d' AS TEXT)", "byte 0xFF after 1"),
    ("x'ff'", "begins with the byte 0xFF"), ("x'7bc3'", "the byte 0xC3 after 1"),
    ("x'fffe7b007d00'", "byte order mark of UTF-16"),
  ])
  func aConfigThatIsNoTextStays(_ value: String, _ told: String) async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    try await fixture.sql("UPDATE workloads SET source_config = \(value);")
    let database = try fixture.open(.readWrite)
    let row = try #require(try database.workload(id: "w1"))
    #expect(row.configFault?.contains(told) == true, "\(row)")
    #expect(throws: JSONFault.self) { try LiveConfig(row.sourceConfig) }
    let before = try await fixture.sql(".dump")
    let fault = try failure { () throws(Failure) in _ = try database.write(fixture.sync(row)) }
    #expect(fault.code == .database)
    #expect(try await fixture.sql(".dump") == before)
    // What does not touch the config is written all the same.
    guard
      case .written = try database.write(
        RowWrite(expected: row, now: "2026-11-24T01:02:03Z", gitopsEnabled: false))
    else {
      Issue.record("not opted out")
      return
    }
    #expect(try await fixture.sql("SELECT gitops_enabled FROM workloads;") == "0")
  }

  @Test func nullIsSaidToBeNull() async throws {
    let fixture = try await StoreFixture(
      schema: """
        CREATE TABLE workloads (id, source_kind, source_config, gitops_enabled, gitops_path,
          gitops_last_sync_at, gitops_commit_sha);
        INSERT INTO workloads VALUES ('w', 'static', NULL, 1, NULL, NULL, NULL);
        """)
    let row = try #require(try fixture.open().workload(id: "w"))
    #expect(row.configFault == "it is NULL")
    #expect(row.gitopsPath.isEmpty && row.lastSyncAt.isEmpty && row.lastSyncCommit.isEmpty)
  }
}
