import Glibc
import TestSupport
import Testing
import TinyforgeCore

/// Another program holds SQLite's own locks on the database.
@Suite(.ownTime, .hangLimit) struct DatabaseHolderTests {
  private static let hold = """
    import os, sqlite3, sys, time
    db = sqlite3.connect(sys.argv[1], isolation_level=None)
    for statement in sys.argv[2].split(';'): db.execute(statement).fetchall()
    open(sys.argv[3], 'w').write(str(os.getpid()))
    while not os.path.exists(sys.argv[4]): time.sleep(0.01)
    """

  /// Runs `body` while a second process has run those statements; it is given the process's number.
  private func whileHolding(
    _ statements: String, _ world: World, _ body: (String) async throws -> Void
  ) async throws {
    let (begun, stop) = (world.scratch.file("begun"), world.scratch.file("stop"))
    async let holder = run(
      "timeout",
      ["300", "/usr/bin/python3", "-c", Self.hold, world.database, statements, begun, stop])
    do {
      try await waitForFile(begun)
      try await body(String(decoding: try readFile(begun), as: UTF8.self))
    } catch {
      close(creat(stop, 0o600))
      throw error
    }
    close(creat(stop, 0o600))
    #expect(try await holder.status == 0)
  }

  @Test(arguments: ["WAL", "DELETE"])
  func aWriterIsShownAndNotWaitedFor(_ mode: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.sql("PRAGMA journal_mode = \(mode)")
    let free = try await world.tool("apply", "locks", "--format", "json")
    try await expectSchema("locks", free.output)
    #expect(try JSONText(Array(free.output.utf8))["database_writer"] == .null)
    try await whileHolding("BEGIN IMMEDIATE", world) { process in
      let locks = try await world.tool("apply", "locks")
      #expect(
        locks.status == 0
          && locks.output.contains("write-locked by process \(process) (python3)"), "\(locks)")
      let json = try await world.tool("apply", "locks", "--format", "json")
      try await expectSchema("locks", json.output)
      let doctor = try await world.tool("plan", "doctor", "--fetch", "local")
      #expect(doctor.output.contains("write-locked by process \(process)"), "\(doctor)")
      // The default would be waited for until the holder goes, which is after this.
      let apply = try await world.tool("apply", "--all", "--yes", "--lock-timeout", "0")
      #expect(
        apply.status == 3 && apply.output.contains("process \(process) (python3) is writing it"),
        "\(apply)")
    }
    #expect(try await world.tool("apply", "--all", "--yes", "--lock-timeout", "0").status == 0)
  }

  /// The database is busy, whatever its journal: exit status 3, and who keeps it.
  @Test(arguments: ["WAL", "DELETE", "TRUNCATE", "PERSIST"])
  func exclusiveUseIsNamed(_ mode: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.sql("PRAGMA journal_mode = \(mode)")
    let statements =
      "PRAGMA locking_mode=EXCLUSIVE;UPDATE workloads SET trigger_kind = 'x'"
    try await whileHolding(statements, world) { process in
      for command in [["apply", "--all", "--yes"], ["plan", "--all"]] {
        let result = try await run(
          builtTool(command[0]), Array(command.dropFirst()),
          environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
        #expect(result.status == 3 && result.error.contains("locking_mode=EXCLUSIVE"), "\(result)")
        #expect(
          result.error.contains("process \(process)") && !result.error.contains("try again later"))
      }
      let locks = try await world.tool("apply", "locks")
      #expect(locks.output.contains("locked exclusively by process \(process)"), "\(locks)")
    }
    #expect(try await world.tool("plan", "--all").status == 1)
  }
}
