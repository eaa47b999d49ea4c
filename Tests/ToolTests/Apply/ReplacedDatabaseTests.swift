import TestSupport
import Testing

/// The database's file is replaced while apply works through several workloads: a restored backup, or a
/// server that makes its database anew.
@Suite(.ownTime, .hangLimit) struct ReplacedDatabaseTests {
  /// A write-ahead log that stays would be read as that of the new file.
  private static let withoutLog = "rm -f tinyforge.db-wal tinyforge.db-shm"

  /// What is done to the file, in its folder, once `w1` is applied; what the new file then lacks.
  static let cases: [(exchange: String, lacking: [String], told: String)] = [
    (
      "\(withoutLog); mv backup.db tinyforge.db", ["w1"],
      "The new file lacks what was applied to 1 workload:\n  w1\n"
    ),
    (
      "sqlite3 tinyforge.db \".backup copy.db\"; \(withoutLog); mv copy.db tinyforge.db", [],
      "The new file holds all that was applied.\n"
    ),
    (
      "sqlite3 backup.db \"DELETE FROM workloads\"; \(withoutLog); mv backup.db tinyforge.db",
      ["w1"],
      "  w1\n"
    ),
    ("\(withoutLog); rm tinyforge.db", ["w1"], "cannot be read (there is no database at "),
    (
      "echo nonsense >backup.db; \(withoutLog); mv backup.db tinyforge.db", ["w1"],
      "cannot be read ("
    ),
  ]

  @Test(arguments: cases.indices, ["text", "json", "ru"])
  func whatTheNewFileLacksIsNamed(_ index: Int, _ form: String) async throws {
    let (exchange, lacking, told) = Self.cases[index]
    let world = try await World()
    for id in ["w1", "w2"] { try await world.addWorkload(id) }
    let forms = ["json": ["--format", "json"], "ru": ["--lang", "ru"]]
    let result = try await Self.apply(world, forms[form] ?? [], meanwhile: exchange)
    #expect(result.status == 2, "\(result.output)\(result.error)")
    switch form {
    case "json":
      try await expectSchema("apply", result.output)
      let list = lacking.isEmpty ? "[]" : "[\n      \"w1\"\n    ]"
      #expect(result.output.contains("\"lacking\": \(list)"), "\(result.output)")
      #expect(result.output.contains("another file has taken the place of the database"))
    case "ru": #expect(result.output.contains("Во время работы файл базы был заменён"))
    default:
      #expect(result.output.contains("The database file was replaced during the run"))
      #expect(result.output.contains(told), "\(result.output)")
    }
  }

  /// A file that stays in its place is not spoken of.
  @Test func nothingIsSaidOtherwise() async throws {
    let world = try await World()
    for id in ["w1", "w2"] { try await world.addWorkload(id) }
    let result = try await Self.apply(world, ["--format", "json"], meanwhile: "touch tinyforge.db")
    #expect(result.status == 0 && !result.output.contains("database_replaced"), "\(result.output)")
  }

  /// Runs apply, whose second workload's lock is held until the first is written and `exchange` is done.
  private static func apply(_ world: World, _ options: [String], meanwhile exchange: String)
    async throws -> CommandResult
  {
    try world.scratch.folder("tinyforge.db.gitops-locks")
    let script = """
      import fcntl, os, shutil, sqlite3, subprocess, sys, time
      folder, exchange, command = sys.argv[1], sys.argv[2], sys.argv[3:]
      os.chdir(folder)
      subprocess.run(['sqlite3', 'tinyforge.db', 'PRAGMA wal_checkpoint(TRUNCATE)'], check=True, stdout=2)
      shutil.copy('tinyforge.db', 'backup.db')
      lock = open('tinyforge.db.gitops-locks/w2.lock', 'a+')
      fcntl.lockf(lock, fcntl.LOCK_EX)
      tool = subprocess.Popen(command)
      reader = sqlite3.connect('tinyforge.db')
      while reader.execute('SELECT count(*) FROM event_log').fetchone() == (0,) and tool.poll() is None:
        time.sleep(0.01)
      reader.close()
      subprocess.run(['sh', '-ec', exchange], check=True, stdout=2)
      lock.close()
      sys.exit(tool.wait())
      """
    return try await run(
      "/usr/bin/python3",
      [
        "-c", script, world.scratch.path, exchange, builtTool("apply"), "--all", "--yes",
        "--lock-timeout", "100s",
      ]
        + options,
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
  }
}
