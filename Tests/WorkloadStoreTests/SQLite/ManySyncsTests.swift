import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// Many transactions of one connection, beside another program that writes and checkpoints.
@Suite(.ownTime, .hangLimit) struct ManySyncsTests {
  /// All are kept, also where the log is cut to nothing meanwhile, as the server's checkpoints may do.
  @Test(arguments: [512, 4096, 65536])
  func manySyncsAreAllKept(_ pageSize: Int) async throws {
    let fixture = try await StoreFixture(
      schema: """
        PRAGMA page_size = \(pageSize); PRAGMA journal_mode = WAL;
        CREATE TABLE workloads (id, source_kind, source_config, gitops_enabled, gitops_path,
          gitops_last_sync_at, gitops_commit_sha);
        INSERT INTO workloads VALUES ('w', 'static', '{}', 1, 'p', '', '');
        CREATE TABLE event_log (id INTEGER PRIMARY KEY, message TEXT);
        CREATE TABLE edits (id INTEGER PRIMARY KEY);
        """)
    let database = try fixture.open(.readWrite)
    for number in 1...60 {
      try sync(number, database, fixture)
      if number % 20 == 0 {
        let checkpoint = number == 40 ? "PRAGMA wal_checkpoint(TRUNCATE);" : ""
        try await fixture.sql("INSERT INTO edits DEFAULT VALUES; \(checkpoint)")
      }
    }
    // What a loss of the machine leaves, opened by another program.
    try await mustRun("sh", ["-ec", "mkdir lost; cp tinyforge.db* lost"], in: fixture.scratch.path)
    let seen = try await mustRun(
      "sqlite3", [fixture.scratch.file("lost/tinyforge.db")],
      input: """
        PRAGMA integrity_check; SELECT source_config FROM workloads;
        SELECT (SELECT count(*) FROM event_log), (SELECT count(*) FROM edits);
        """)
    #expect(seen == "ok\n{\"port\":60}\n60|3")
  }

  /// A database without a log stays one.
  @Test(arguments: ["DELETE", "PERSIST", "TRUNCATE"])
  func aRollbackJournalIsLeftAlone(_ mode: String) async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload("w")
    try await fixture.sql("PRAGMA journal_mode = \(mode);")
    let database = try fixture.open(.readWrite)
    for number in 1...10 { try sync(number, database, fixture) }
    let seen = "SELECT source_config FROM workloads; SELECT count(*) FROM event_log;"
    #expect(try await fixture.sql(seen) == "{\"port\":10}\n10")
    let files = try await mustRun("ls", [fixture.scratch.path])
    #expect(!files.contains("-wal"))
  }

  private func sync(_ number: Int, _ database: SQLiteStore, _ fixture: StoreFixture) throws {
    let row = try #require(try database.workload(id: "w"))
    let outcome = try database.write(fixture.sync(row, config: #"{"port":\#(number)}"#))
    guard case .written = outcome else { throw TestSupportError("\(outcome)") }
  }
}
