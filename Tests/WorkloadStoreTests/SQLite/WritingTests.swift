import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

@Suite(.ownTime, .hangLimit) struct WritingTests {
  /// Whatever goes wrong in the middle, nothing of the sync is left.
  @Test(arguments: [
    "CREATE TRIGGER t BEFORE INSERT ON event_log BEGIN SELECT raise(ABORT, 'no'); END;",
    "CREATE TRIGGER t AFTER UPDATE ON workloads BEGIN SELECT raise(ROLLBACK, 'no'); END;",
    "CREATE TRIGGER t AFTER INSERT ON event_log BEGIN INSERT INTO absent VALUES (1); END;",
    "DROP TABLE event_log; CREATE TABLE event_log (message TEXT, must TEXT NOT NULL);",
  ])
  func aFailureUndoesEverything(_ trap: String) async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    try await fixture.sql(trap)
    let database = try fixture.open(.readWrite)
    let row = try #require(try database.workload(id: "w1"))
    let before = try await fixture.sql(".dump")
    let fault = try failure { () throws(Failure) in _ = try database.write(fixture.sync(row)) }
    #expect(fault.code == .database)
    #expect(try await fixture.sql(".dump") == before)
    try await fixture.sql("DROP TRIGGER IF EXISTS t;")
  }

  /// Triggers, generated and additional columns, and foreign keys do not break a sync.
  @Test func richSchemasServe() async throws {
    let fixture = try await StoreFixture()
    try await fixture.sql(
      """
      ALTER TABLE workloads ADD COLUMN port INT AS (json_extract(source_config, '$.port')) VIRTUAL;
      ALTER TABLE workloads ADD COLUMN extra BLOB DEFAULT x'00ff';
      CREATE TABLE seen (id TEXT);
      CREATE TRIGGER t AFTER UPDATE ON workloads BEGIN INSERT INTO seen VALUES (new.id), ('x'); END;
      """)
    try await fixture.addWorkload()
    let database = try fixture.open(.readWrite)
    let row = try #require(try database.workload(id: "w1"))
    guard case .written = try database.write(fixture.sync(row)) else {
      Issue.record("not written")
      return
    }
    #expect(try await fixture.sql("SELECT port, hex(extra) FROM workloads;") == "2|00FF")
  }

  /// The log keeps what was written, and the main file stays as it was: no checkpoint was made.
  @Test func nothingIsCheckpointed() async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    let before = try readFile(fixture.path)
    do {
      let database = try fixture.open(.readWrite)
      let row = try #require(try database.workload(id: "w1"))
      _ = try database.write(fixture.sync(row))
    }
    #expect(try readFile(fixture.path) == before)
    #expect(try readFile(fixture.path + "-wal").count > 4096)
    #expect(try await fixture.sql("SELECT gitops_commit_sha FROM workloads;") == "c0ffee")
  }

  /// A trigger that ignores the write, or makes another one of it, undoes all of it.
  @Test(arguments: [
    "BEFORE UPDATE ON workloads BEGIN SELECT raise(IGNORE); END;",
    "AFTER UPDATE OF source_config ON workloads WHEN new.source_config = '{\"port\":2}' "
      + "BEGIN UPDATE workloads SET source_config = '{}' WHERE id = new.id; END;",
    "AFTER UPDATE ON workloads BEGIN UPDATE workloads SET gitops_commit_sha = 'x' WHERE id = new.id; END;",
    // After the row was written, and the audit row itself.
    "AFTER INSERT ON event_log BEGIN UPDATE workloads SET source_config = '{}'; END;",
    "BEFORE INSERT ON event_log BEGIN SELECT raise(IGNORE); END;",
    "AFTER INSERT ON event_log BEGIN DELETE FROM event_log WHERE id = new.id; END;",
    "AFTER INSERT ON event_log BEGIN UPDATE event_log SET metadata = '{}' WHERE id = new.id; END;",
    "AFTER INSERT ON event_log BEGIN UPDATE event_log SET source = 'x' WHERE id = new.id; END;",
  ])
  func whatATriggerAltersIsNotKept(_ trigger: String) async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    try await fixture.sql("CREATE TRIGGER t \(trigger)")
    let database = try fixture.open(.readWrite)
    let row = try #require(try database.workload(id: "w1"))
    let before = try await fixture.sql(".dump")
    let fault = try failure { () throws(Failure) in _ = try database.write(fixture.sync(row)) }
    #expect(fault.message.contains("does not keep"), "\(fault)")
    #expect(try await fixture.sql(".dump") == before)
  }

  /// The database's file is exchanged while it is open: neither file is written.
  @Test(arguments: ["mv new.db tinyforge.db", "rm tinyforge.db"])
  func anExchangedDatabaseIsNotWritten(_ exchange: String) async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    try await fixture.sql("PRAGMA wal_checkpoint(TRUNCATE);")
    try await mustRun("cp", [fixture.path, fixture.scratch.file("new.db")])
    let database = try fixture.open(.readWrite)
    let row = try #require(try database.workload(id: "w1"))
    try await mustRun("sh", ["-ec", exchange], in: fixture.scratch.path)
    let fault = try failure { () throws(Failure) in _ = try database.write(fixture.sync(row)) }
    #expect(fault.message.contains("another file has taken the place"), "\(fault)")
    #expect(try database.workload(id: "w1") == row)
  }

  /// The server adds columns and rebuilds the file while the database is open.
  @Test func theSchemaMayChangeUnderIt() async throws {
    let fixture = try await StoreFixture(
      schema: """
        PRAGMA journal_mode = WAL;
        CREATE TABLE workloads (id, source_kind, source_config, gitops_enabled, gitops_path,
          gitops_last_sync_at, gitops_commit_sha);
        INSERT INTO workloads VALUES ('w', 'static', '{}', 1, 'p', '', '');
        """)
    let database = try fixture.open(.readWrite)
    let row = try #require(try database.workload(id: "w"))
    try await fixture.sql(
      """
      ALTER TABLE workloads ADD COLUMN updated_at TEXT DEFAULT '2020-01-01T00:00:00Z';
      CREATE TABLE event_log (id INTEGER PRIMARY KEY, source TEXT, severity TEXT, message TEXT);
      VACUUM; PRAGMA wal_checkpoint(TRUNCATE);
      """)
    guard case .written(let events) = try database.write(fixture.sync(row)) else {
      Issue.record("not written")
      return
    }
    #expect(events.map(\.event) == [1])
    #expect(try await fixture.sql("SELECT updated_at FROM workloads;") == "2026-11-24T01:02:03Z")
    try await fixture.sql("ALTER TABLE workloads DROP COLUMN gitops_path;")
    let again = try? database.workload(id: "w")
    #expect(again == nil)
    #expect(throws: Failure.self) { try database.write(fixture.sync(row)) }
  }

  /// Strict tables, foreign keys and a log with columns of its own.
  @Test func strictTablesServe() async throws {
    let fixture = try await StoreFixture(
      schema: """
        CREATE TABLE apps (id TEXT PRIMARY KEY) STRICT;
        INSERT INTO apps VALUES ('a');
        CREATE TABLE workloads (id TEXT PRIMARY KEY, app TEXT NOT NULL REFERENCES apps (id),
          source_kind TEXT, source_config TEXT NOT NULL CHECK (json_valid(source_config)),
          gitops_enabled INTEGER, gitops_path TEXT, gitops_last_sync_at TEXT, gitops_commit_sha TEXT,
          updated_at INTEGER NOT NULL,
          port INT AS (json_extract(source_config, '$.port')) STORED) STRICT;
        CREATE UNIQUE INDEX ports ON workloads (port);
        INSERT INTO workloads VALUES ('w', 'a', 'static', '{"port":1}', 1, 'p', '', '', 1577836800);
        CREATE TABLE event_log (id INTEGER PRIMARY KEY, message TEXT NOT NULL, source TEXT, severity TEXT,
          metadata TEXT, workload TEXT REFERENCES workloads (id), created_at INTEGER NOT NULL) STRICT;
        INSERT INTO event_log VALUES (1, 'x', 'y', 'z', '{}', NULL, 1577836800000);
        """)
    let database = try fixture.open(.readWrite)
    let row = try #require(try database.workload(id: "w"))
    guard case .written(let events) = try database.write(fixture.sync(row)) else {
      Issue.record("not written")
      return
    }
    #expect(events.map(\.event) == [2])
    let stored = try await fixture.sql(
      "SELECT port, updated_at, created_at > 1577836800000 FROM workloads, event_log WHERE event_log.id = 2;"
    )
    #expect(stored == "2|1795482123|1")
  }

  /// Once its file is gone, a lock guards nothing, and nothing is written under it.
  @Test(arguments: ["w1.lock", ""])
  func aLostLockStopsTheWrite(_ file: String) async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    let database = try fixture.open(.readWrite)
    let row = try #require(try database.workload(id: "w1"))
    let holder = LockHolder(processID: 1, host: "h", actor: "a", since: "s", tool: "t")
    guard
      case .acquired(let lock) = try WorkloadLocks(database: fixture.path)
        .attempt("w1", holder)
    else {
      Issue.record("a free lock was refused")
      return
    }
    try await mustRun("rm", ["-r", "\(fixture.path).gitops-locks/\(file)"])
    guard case .lockLost = try database.write(fixture.sync(row), under: [lock]) else {
      Issue.record("written without a lock")
      return
    }
    #expect(try database.workload(id: "w1") == row)
  }
}
