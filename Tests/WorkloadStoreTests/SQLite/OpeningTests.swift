import Glibc
import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

@Suite(.ownTime, .hangLimit) struct OpeningTests {
  /// A container that is given the file alone has another log than the server.
  @Test(.enabled(if: geteuid() == 0)) func aFileThatIsMountedAloneIsNotWritten() async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    try fixture.scratch.folder("volume a")
    let place = try fixture.scratch.write("volume a/tiny\\forge.db", "")
    let script = """
      mount --bind "$1" "$2" && ! "$0" history --db "$2" 2>/dev/null && "$0" disable w1 --db "$2"
      """
    let result = try await run(
      "unshare", ["-m", "sh", "-c", script, builtTool("apply"), fixture.path, place])
    #expect(result.status == 2 && result.error.contains("is mounted as a single file"), "\(result)")
    #expect(try await fixture.sql("SELECT gitops_enabled FROM workloads") == "1")
  }

  private static let columns = [
    "id TEXT PRIMARY KEY", "source_kind TEXT", "source_config TEXT", "gitops_enabled INTEGER",
    "gitops_path TEXT", "gitops_last_sync_at TEXT", "gitops_commit_sha TEXT",
  ]

  @Test(arguments: columns.indices)
  func aMissingColumnIsNamed(_ index: Int) async throws {
    var columns = Self.columns
    let missing = columns.remove(at: index).prefix { $0 != " " }
    let fixture = try await StoreFixture(
      schema: "CREATE TABLE workloads (\(columns.joined(separator: ", ")));")
    let fault = try failure { () throws(Failure) in _ = try fixture.open() }
    #expect(fault.code == .database && fault.message.hasSuffix("lacks \(missing)"))
    #expect(fault.remedy?.text.contains("update Tinyforge") == true)
  }

  /// The least schema is enough; what is absent is noted.
  @Test func theLeastSchemaServes() async throws {
    let fixture = try await StoreFixture(
      schema: """
        CREATE TABLE workloads (\(Self.columns.joined(separator: ", "))) STRICT, WITHOUT ROWID;
        INSERT INTO workloads VALUES ('w', 'static', '{}', 1, 'a.yml', '', '');
        """)
    let database = try fixture.open(.readWrite)
    #expect(database.notes.count == 2)
    let row = try #require(try database.workload(id: "w"))
    #expect(row.name.isEmpty && row.gitopsEnabled && row.gitopsPath == "a.yml")
    guard case .written(let events) = try database.write(fixture.sync(row)) else {
      Issue.record("not written")
      return
    }
    #expect(events.map(\.event) == [nil])
    #expect(try await fixture.sql("SELECT source_config FROM workloads;") == #"{"port":2}"#)
  }

  /// A file's content or place, what its failure says, and its code.
  @Test func otherFilesAreNoDatabase() async throws {
    let scratch = try Scratch()
    let text = try scratch.write("text", String(repeating: "no database\n", count: 100))
    let noise = try scratch.write(
      "noise", (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7 + 3) })
    let empty = try scratch.write("empty", "")
    let cases: [(String, Failure.Code, String)] = [
      (text, .database, "not a SQLite database, or it is encrypted"),
      (noise, .database, "not a SQLite database, or it is encrypted"),
      (empty, .database, "no workloads table"), (scratch.path, .database, "is not a file"),
      (scratch.file("absent"), .notFound, "there is no database"),
      (scratch.file("text/below"), .notFound, "there is no database"),
    ]
    for (path, code, words) in cases {
      let fault = try failure { () throws(Failure) in
        _ = try SQLiteStore.open(path, access: .readOnly, busyTimeout: .zero)
      }
      #expect(fault.code == code && fault.message.contains(words), "\(fault)")
      #expect(fault.remedy != nil)
    }
    #expect(access(scratch.file("absent"), F_OK) != 0)
  }

  @Test func aDamagedDatabaseIsTold() async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    try await fixture.sql("PRAGMA journal_mode = DELETE; VACUUM;")
    var bytes = try readFile(fixture.path)
    for index in 100..<bytes.count { bytes[index] = 0xAA }
    try fixture.scratch.write("tinyforge.db", bytes)
    let fault = try failure { () throws(Failure) in _ = try fixture.open().workloads() }
    #expect(fault.code == .database, "\(fault)")
  }

  /// As another user, by `setpriv`: each refusal has its own words. (Root is refused nothing.)
  @Test(
    .enabled(if: geteuid() == 0),
    arguments: [
      ("chmod 600 tinyforge.db", "permission denied to nobody (uid 65534)"),
      ("touch tinyforge.db-shm tinyforge.db-wal; chmod 600 tinyforge.db-wal", "permission denied"),
      (
        "touch tinyforge.db-shm tinyforge.db-wal; chmod 600 tinyforge.db-shm; chown 1 tinyforge.db-shm",
        "not to the owner of the database"
      ),
    ])
  func anotherUserIsDenied(_ change: String, _ words: String) async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    try await mustRun("sh", ["-c", "chmod 755 .; \(change)"], in: fixture.scratch.path)
    // The build folder may be closed to others, so the tool is copied to where it can be run.
    try await mustRun("cp", [builtTool("drift"), fixture.scratch.file("drift")])
    let result = try await run(
      "setpriv",
      ["--reuid=65534", "--clear-groups", fixture.scratch.file("drift"), "--all"],
      environment: ["TINYFORGE_DB": fixture.path])
    #expect(result.status == 2 && result.error.contains(words), "\(result.error)")
  }

  /// A writer in a transaction keeps nobody from reading; one that locks out everybody does.
  @Test func aLockedDatabaseIsBusy() async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    try await fixture.sql("PRAGMA journal_mode = DELETE;")
    // The holder says when it has the lock, and keeps it until it is asked to release it.
    let holder = """
      import os, sqlite3, sys, time
      c = sqlite3.connect(sys.argv[1], isolation_level=None)
      c.execute("BEGIN EXCLUSIVE")
      open(sys.argv[2] + "/held", "w").close()
      while not os.path.exists(sys.argv[2] + "/release"): time.sleep(0.02)
      """
    async let held = run("/usr/bin/python3", ["-c", holder, fixture.path, fixture.scratch.path])
    while access(fixture.scratch.file("held"), F_OK) != 0 {
      try await Task.sleep(for: .milliseconds(20))
    }
    let fault = try failure { () throws(Failure) in _ = try fixture.open(wait: .milliseconds(50)) }
    #expect(fault.code == .busy, "\(fault)")
    try fixture.scratch.write("release", "")
    #expect(try await held.status == 0)
    #expect(try fixture.open().workloads().count == 1)
  }

  /// The kernel's type of the file system decides; a small library simulates one on a network.
  @Test(arguments: [("0x6969", "nfs"), ("0xFF534D42", "cifs"), ("0x01021997", "9p")])
  func networkFileSystemsAreRefused(_ magic: String, _ name: String) async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    let source = try fixture.scratch.write(
      "statfs.c",
      """
      #include <string.h>
      #include <sys/vfs.h>
      int statfs(const char *path, struct statfs *facts) {
        memset(facts, 0, sizeof *facts);
        facts->f_type = \(magic);
        return 0;
      }
      """)
    let library = fixture.scratch.file("statfs.so")
    try await mustRun("cc", ["-shared", "-fPIC", "-o", library, source])
    let before = try await fixture.sql(".dump")
    let result = try await run(
      builtTool("apply"), ["disable", "w1"],
      environment: ["TINYFORGE_DB": fixture.path, "LD_PRELOAD": library])
    #expect(result.status == 2 && result.error.contains("network file system (\(name))"))
    #expect(try await fixture.sql(".dump") == before)
    let doctor = try await run(
      builtTool("plan"), ["doctor"],
      environment: ["TINYFORGE_DB": fixture.path, "LD_PRELOAD": library])
    #expect(doctor.status == 1 && doctor.output.contains("network file system (\(name))"))
  }
}
