import Glibc
import TestSupport
import Testing

/// Databases that are not what they seem, or not quite there: each command says so, and makes nothing.
@Suite(.ownTime, .hangLimit, .enabled(if: geteuid() == 0)) struct DatabasePlaceTests {
  /// A world whose database another user owns, with the tools beside it for everybody.
  private static func world() async throws -> World {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    try await world.sql("PRAGMA journal_mode = WAL")
    try world.scratch.write(".gitconfig", "[safe]\n\tdirectory = \(world.mirrors)/acme/shop.git\n")
    let script = """
      cp "$@" . && chown -R 4200:4200 . && chmod 755 . && rm -f tinyforge.db-*
      """
    try await mustRun(
      "sh", ["-ec", script, "-"] + ["plan", "drift", "apply"].map(builtTool),
      in: world.scratch.path)
    return world
  }

  private static func run(
    _ words: [String], as user: String, _ world: World, database: String? = nil
  ) async throws -> CommandResult {
    try await TestSupport.run(
      "setpriv", ["--reuid=\(user)", "--regid=\(user)", "--clear-groups"] + words,
      in: world.scratch.path,
      environment: [
        "TINYFORGE_DB": database ?? world.database, "TINYFORGE_MIRRORS": world.mirrors,
        "HOME": world.scratch.path,
      ])
  }

  private static func shell(_ script: String, _ world: World) async throws {
    try await mustRun("sh", ["-ec", script], in: world.scratch.path)
  }

  private static func databaseFiles(_ world: World) async throws -> String {
    try await mustRun(
      "find", [".", "-name", "*.db*", "-printf", "%p %s %U:%G %m %T@\\n"], in: world.scratch.path)
  }

  // MARK: A second name

  static let commands = [
    ["./plan", "--all"], ["./plan", "--all", "--out", "shop.plan"], ["./drift", "--all"],
    ["./drift", "--all", "--snapshot", "live.json"], ["./apply", "--all", "--yes"],
    ["./apply", "history"], ["./apply", "enable", "w1"],
  ]

  /// The log of the database is found by its first name alone.
  @Test(arguments: commands, ["link", "mount"])
  func anotherNameIsRefused(_ command: [String], _ kind: String) async throws {
    let world = try await Self.world()
    try await Self.shell(
      "mkdir other; \(kind == "link" ? "ln tinyforge.db other/t.db" : "touch other/t.db")", world)
    let before = try await Self.databaseFiles(world)
    let path = "\(world.scratch.path)/other/t.db"
    let mount = "mount --bind tinyforge.db other/t.db; exec \"$@\""
    let place = kind == "link" ? [] : ["unshare", "-m", "sh", "-ec", mount, "-"]
    let result = try await Self.run(place + command, as: "0", world, database: path)
    let words = kind == "link" ? "has 2 names (hard links)" : "is mounted as a single file"
    #expect(result.status == 2 && result.error.contains(words), "\(result)")
    #expect(try await Self.databaseFiles(world) == before)
    #expect(access(world.scratch.file("shop.plan"), F_OK) != 0)
    #expect(access(world.scratch.file("live.json"), F_OK) != 0)
  }

  // MARK: A server that starts or stops

  /// Holds the lock that SQLite's readers share, as a connection does that has not made its log yet.
  private static let starting = """
    import fcntl, os, time
    f = open("tinyforge.db", "rb")
    fcntl.lockf(f, fcntl.LOCK_SH, 510, 0x40000002)
    open("held", "w").write(str(os.getpid()))
    while not os.path.exists("stop"): time.sleep(0.01)
    """

  @Test(arguments: ["true", "touch tinyforge.db-shm", "touch tinyforge.db-wal"])
  func aServerThatStartsIsBusy(_ state: String) async throws {
    let world = try await Self.world()
    try await Self.shell("\(state); chown 4200:4200 tinyforge.db*; chmod 777 .", world)
    let before = try await Self.databaseFiles(world)
    async let held = Self.run(["/usr/bin/python3", "-c", Self.starting], as: "4200", world)
    try await waitForFile(world.scratch.file("held"))
    let process = String(decoding: try readFile(world.scratch.file("held")), as: UTF8.self)
    for command in [
      ["./apply", "--all", "--dry-run", "--lock-timeout", "0"], ["./plan", "--all"],
    ] {
      for user in ["0", "4201"] {
        let result = try await Self.run(command, as: user, world)
        #expect(
          result.status == 3 && result.error.contains("(process \(process))")
            && result.error.contains("its server is starting or stopping"), "\(result)")
      }
    }
    #expect(try await Self.databaseFiles(world) == before)
    try world.scratch.write("stop", "")
    #expect(try await held.status == 0)
    #expect(try await Self.run(["./plan", "--all"], as: "4201", world).status == 1)
  }

  // MARK: How much is copied

  /// The database's and its log's size in MiB, and whether another user reads them.
  @Test(arguments: [(256, 0, true), (257, 0, false), (200, 57, false), (200, 56, true)])
  func aCopyHasALimit(_ database: Int, _ log: Int, _ isRead: Bool) async throws {
    let world = try await Self.world()
    if log > 0 {
      let writer = """
        import os, sqlite3
        c = sqlite3.connect("tinyforge.db"); c.execute("update workloads set name = 'logged'")
        c.commit(); os._exit(0)
        """
      try await mustRun("/usr/bin/python3", ["-c", writer], in: world.scratch.path)
      try await Self.shell("rm tinyforge.db-shm; truncate -s \(log)M tinyforge.db-wal", world)
    }
    // SQLite reads as many pages as the header counts.
    try await Self.shell(
      "truncate -s \(database)M tinyforge.db; chown 4200:4200 tinyforge.db*", world)
    let result = try await Self.run(["./plan", "--all"], as: "4201", world)
    if isRead {
      #expect(
        result.status == 1 && result.output.contains(log > 0 ? "logged" : "shop"), "\(result)")
    } else {
      #expect(
        result.status == 2 && result.error.contains("is larger than 256 MiB")
          && result.error.contains("sudo -u '#4200'"), "\(result)")
    }
    let owner = try await Self.run(["./plan", "--all"], as: "4200", world)
    #expect(owner.status == 1, "\(owner)")
  }

  // MARK: A crashed writer's journal

  private static let crash = """
    import os, sqlite3
    c = sqlite3.connect("tinyforge.db", isolation_level=None); c.execute("pragma journal_mode=delete")
    c.execute("pragma cache_size=2"); c.execute("begin immediate")
    c.execute("update workloads set source_config = replace(source_config, '3000', '4000')")
    for i in range(999): c.execute("insert into event_log(source,severity,message) values(1,2,?)", ("y" * 900,))
    os._exit(0)
    """

  /// The user; whether the folder is open to all; and whether the journal is rolled back without being asked.
  @Test(arguments: [("4200", "755", true), ("0", "755", true), ("4201", "755", false)])
  func aCrashedTransactionIsRolledBack(_ user: String, _ mode: String, _ isDone: Bool) async throws
  {
    for command in [["./plan", "--all"], ["./drift", "--all"], ["./apply", "--all", "--yes"]] {
      let world = try await Self.world()
      let crashed = try await Self.run(["/usr/bin/python3", "-c", Self.crash], as: "4200", world)
      #expect(crashed.status == 0)
      try await Self.shell("chmod \(mode) .; test -s tinyforge.db-journal; mkdir -m 777 by", world)
      // What SQLite makes of the same files.
      try await Self.shell("cp -p tinyforge.db* by; sqlite3 by/tinyforge.db .dump > by/dump", world)
      var result = try await Self.run(command, as: user, world)
      if !isDone {
        #expect(result.status == 2 && result.error.contains("tinyforge.db-journal"), "\(result)")
        let help = try #require(
          result.error.split(separator: "\n").first { $0.hasPrefix("help: ") })
        let fix = help.dropFirst("help: ".count)
        #expect(fix.hasPrefix("sudo -u '#4200' sqlite3 "), "\(result)")
        let rest = fix.dropFirst("sudo -u '#4200' ".count)
        #expect(try await Self.run(["sh", "-ec", String(rest)], as: "4200", world).status == 0)
        result = try await Self.run(command, as: user, world)
      }
      // A member of no group may read, and not write.
      let status = command[0] == "./apply" ? (isDone ? 0 : 2) : 1
      #expect(result.status == status, "\(result)")
      #expect(!result.output.contains("4000"), "\(result)")
      if command[0] != "./apply" {
        let dump = try await Self.run(["sqlite3", "tinyforge.db", ".dump"], as: "4200", world)
        #expect(
          dump.output
            == String(decoding: try readFile(world.scratch.file("by/dump")), as: UTF8.self))
      }
      let write = try await Self.run(
        ["sqlite3", "tinyforge.db", "UPDATE workloads SET trigger_kind = 'x'"], as: "4200", world)
      #expect(write.status == 0, "\(write)")
    }
  }
}
