import Glibc
import TestSupport
import Testing
import TinyforgeCore

/// The folder of the locks, in a folder of another account, and with users who may or may not write the database.
@Suite(.ownTime, .hangLimit, .enabled(if: geteuid() == 0)) struct LockFolderTests {
  private static let member = 12_346
  private static let group = 12_399

  /// Runs apply as a user who is a member of the test's group.
  private func apply(_ world: World, as user: Int, _ arguments: String...) async throws
    -> CommandResult
  {
    let tool = world.scratch.file("apply")
    if access(tool, F_OK) != 0 { try await mustRun("cp", [builtTool("apply"), tool]) }
    return try await run(
      "setpriv",
      ["--reuid=\(user)", "--regid=\(user)", "--groups=\(Self.group)", tool] + arguments,
      in: world.scratch.path,
      environment: ["TINYFORGE_DB": world.database, "HOME": world.scratch.path])
  }

  /// A database of the owner's, in a folder that the group may write.
  private func shared(mode: String) async throws -> World {
    let world = try await World()
    try await world.addWorkload("w1")
    let owner = "\(foreignUser):\(Self.group)"
    try await mustRun("chown", [owner, world.scratch.path, world.database])
    try await mustRun("chmod", ["2775", world.scratch.path])
    try await mustRun("chmod", [mode, world.database])
    return world
  }

  @Test func locksStayInTheFolderThatWasOpened() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let victim = try world.scratch.folder("victim")
    let home = try world.scratch.folder("home")
    let database = "\(home)/t.db"
    try await mustRun("mv", [world.database, database])
    try await mustRun("chown", ["\(foreignUser)", database])
    try await mustRun("ln", ["-s", victim, "\(home)/trap"])
    try await mustRun("mkdir", ["\(home)/t.db.gitops-locks"])
    try await mustRun("chown", ["\(foreignUser)", "\(home)/t.db.gitops-locks"])
    var successes = 0
    try await whileExchanging("t.db.gitops-locks", "trap", in: home, scratch: world.scratch) {
      for round in 0..<60 {
        let result = try await run(
          builtTool("apply"), ["enable", "w1", "--path", "p\(round).yml", "--lock-timeout", "0"],
          environment: ["TINYFORGE_DB": database])
        if result.status == 0 { successes += 1 }
      }
    }
    #expect(try await mustRun("ls", ["-A", victim]).isEmpty)
    #expect(
      try await mustRun("sqlite3", [database, "SELECT count(*) FROM event_log"]) == "\(successes)")
  }

  /// A lock with a second name could be any file: no note is written into it.
  @Test func aHardLinkIsRefused() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try world.scratch.write("other", "kept")
    try world.scratch.folder("tinyforge.db.gitops-locks")
    let lock = "\(world.database).gitops-locks/w1.lock"
    try await mustRun("ln", [world.scratch.file("other"), lock])
    let refused = try await world.tool("apply", "enable", "w1", "--path", "p.yml")
    #expect(refused.status == 2 && refused.output.contains("second name"), "\(refused)")
    #expect(try readFile(world.scratch.file("other")) == Array("kept".utf8))
    // The remedy of the message works.
    try await mustRun("mv", ["-T", lock, "\(lock).aside"])
    #expect(try await world.tool("apply", "enable", "w1", "--path", "p.yml").status == 0)
  }

  /// A folder of root's that the database's owner puts in the place of the locks is not used.
  @Test func aFolderOfAnotherUserIsRefused() async throws {
    let world = try await shared(mode: "600")
    let folder = try world.scratch.folder("tinyforge.db.gitops-locks")
    let refused = try await world.tool("apply", "enable", "w1", "--path", "p.yml")
    #expect(
      refused.status == 2 && refused.output.contains("belongs to another user than the database"),
      "\(refused)")
    #expect(try await mustRun("ls", ["-A", folder]).isEmpty)
    try await mustRun("chown", ["-R", "--reference=\(world.database)", folder])
    #expect(try await world.tool("apply", "enable", "w1", "--path", "p.yml").status == 0)
    #expect(
      try await mustRun("stat", ["-c", "%u %a", "\(folder)/w1.lock"]) == "\(foreignUser) 600")
  }

  /// Who may not write the database makes nothing beside it, and the owner is not kept out.
  @Test func aRefusedWriterLeavesNothing() async throws {
    let world = try await shared(mode: "644")
    // Without a write-ahead log, whose files have owners of their own.
    try await world.sql("PRAGMA journal_mode = DELETE")
    let refused = try await apply(world, as: Self.member, "enable", "w1", "--path", "p.yml")
    #expect(refused.status == 2, "\(refused)")
    #expect(access("\(world.database).gitops-locks", F_OK) != 0)
    let owner = try await apply(world, as: foreignUser, "enable", "w1", "--path", "p.yml")
    #expect(owner.status == 0, "\(owner)")
    #expect(try await apply(world, as: foreignUser, "locks").status == 0)
  }

  /// A member of the group who would keep the owner out by the first lock is refused; afterwards both take turns.
  @Test func groupAndOwnerTakeTurns() async throws {
    let world = try await shared(mode: "664")
    let first = try await apply(world, as: Self.member, "enable", "w1", "--path", "a.yml")
    #expect(first.status == 2 && first.output.contains("run apply once as its owner"), "\(first)")
    #expect(access("\(world.database).gitops-locks", F_OK) != 0)
    for (index, user) in [foreignUser, Self.member, foreignUser, 0, Self.member].enumerated() {
      for id in ["w1", "w\(index + 2)"] {
        if id != "w1" { try await world.addWorkload(id) }
        let path = "p\(index).yml"
        let result = try await apply(world, as: user, "enable", id, "--path", path)
        #expect(result.status == 0, "\(user) \(id): \(result)")
      }
    }
    for user in [foreignUser, Self.member] {
      for id in 1...6 {
        let result = try await apply(world, as: user, "enable", "w\(id)", "--path", "\(user).yml")
        #expect(result.status == 0, "\(user) w\(id): \(result)")
      }
    }
  }

  /// As many locks as workloads: the soft limit of open files is raised, and the hard one is named.
  @Test func manyLocksRaiseTheLimit() async throws {
    let world = try await World()
    try await world.sql(
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)
      INSERT INTO workloads (id, kind, ref_id, name, source_kind, source_config, gitops_enabled)
      SELECT 'w' || i, 'app', 'w' || i, 'n' || i, 'dockerfile', '\(World.config())', 1 FROM n
      """)
    func apply(_ limits: String) async throws -> CommandResult {
      try await run(
        "sh", ["-c", "\(limits); exec \"$0\" --all --atomic --yes", builtTool("apply")],
        environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    }
    let few = try await apply("ulimit -n 100")
    #expect(few.status == 2 && few.output.contains("100 open files, as many as it may"), "\(few)")
    #expect(!few.output.contains("permission") && !few.output.contains("run as"), "\(few)")
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "0")
    let raised = try await apply("ulimit -Sn 100")
    #expect(raised.status == 0, "\(raised.error)")
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "150")
  }
}
