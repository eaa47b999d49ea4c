import Glibc
import TestSupport
import Testing
import TinyforgeCore

/// What apply has read in advance, and what counts when it is written.
@Suite(.ownTime, .hangLimit) struct ApplyAheadTests {
  enum Move: String, CaseIterable {
    case none, spec, packedSpec, branchGone, undeclared, sameField, optedOut, path, vanished
    case mirrorGone, lockTaken
  }

  /// While apply waits for the lock of one workload, the next one, whose own lock is free, moves after
  /// it was read: what is there when it is written is synced.
  @Test(arguments: Move.allCases)
  func whatMovedMeanwhileCounts(_ move: Move) async throws {
    let world = try await World()
    try await mustRun(
      "cp", ["-r", "\(world.mirrors)/acme/shop.git", "\(world.mirrors)/acme/first.git"])
    try await world.addWorkload("w1", config: World.config(name: "first"))
    try await world.addWorkload("w2")
    let folder = world.scratch.path
    try world.scratch.folder("tinyforge.db.gitops-locks")
    async let held = hold("w1", until: "moved", in: world)
    try await waitForFile("\(folder)/w1-held")
    let command = """
      exec strace -f -qq -o "$2/calls" -e trace=openat "$1" --all --yes --lock-timeout 100s 2> "$2/told"
      """
    async let synced = run(
      "sh", ["-c", command, "sh", builtTool("apply"), folder],
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    // It waits, and has read the next workload's spec meanwhile.
    try await waitForFile("\(folder)/told", toHold: "waiting for the lock")
    try await waitForFile("\(folder)/calls", toHold: "shop.git/objects")
    if move == .none { try await waitForTheNextSecond() }
    let expected = try await make(move, in: world)
    let moved = UTCTime.rfc3339(Int64(time(nil)))
    if move == .lockTaken {
      async let other = hold("w2", until: "freed", in: world)
      try await waitForFile("\(folder)/w2-held")
      try world.scratch.write("moved", "")
      try await waitForFile("\(folder)/told", toHold: "w2")
      try await world.push(World.spec.replacing("8080", with: "8081"))
      try world.scratch.write("freed", "")
      _ = try await other
    }
    try world.scratch.write("moved", "")
    let result = try await synced
    _ = try await held
    #expect(result.status == expected.status, "\(result.output)")
    let row = try await world.sql(
      """
      SELECT json_extract(source_config, '$.port'), json_extract(source_config, '$.edits'),
        (SELECT count(*) FROM event_log WHERE json_extract(metadata, '$.workload') = 'w2')
      FROM workloads WHERE id = 'w2'
      """)
    #expect(row == expected.row)
    // The time of the sync is when it was written, not when it was read.
    let early = try await world.sql(
      """
      SELECT count(*) FROM workloads
      WHERE gitops_last_sync_at <> '' AND gitops_last_sync_at < '\(moved)'
      """)
    #expect(early == "0")
  }

  /// While apply waits for the spec of the next workload, the one that is written is free.
  @Test func whatIsWrittenIsFree() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let forge = ForgeWorld.forge("gitea", [("acme/till", world.repository)])
    try await ForgeServer.run(forge, options: ["--latency", "900"]) { server in
      try await world.addWorkload(
        "w2", config: ForgeWorld.config("gitea", server.address, name: "till"))
      let tokens = try world.scratch.write("tokens", "\(server.address) \(ForgeWorld.token)\n")
      try await mustRun("chmod", ["600", tokens])
      async let synced = world.tool(
        "apply", "--all", "--yes", "--token-file", tokens,
        environment: ["TINYFORGE_ALLOW_NETWORK": "127.0.0.0/8"])
      while try await world.sql("SELECT count(*) FROM event_log") == "0" {
        try await Task.sleep(for: .milliseconds(20))
      }
      let other = try await world.tool("apply", "disable", "w1", "--lock-timeout", "200ms")
      #expect(other.status == 0, "\(other.output)\(other.error)")
      let result = try await synced
      #expect(result.status == 0, "\(result.output)\(result.error)")
      #expect(try await world.sql("SELECT count(*) FROM event_log") == "3")
    }
  }

  /// Waits until the clock shows another second.
  private func waitForTheNextSecond() async throws {
    let now = time(nil)
    while time(nil) == now { try await Task.sleep(for: .milliseconds(20)) }
  }

  /// Holds a workload's lock until a file is there.
  private func hold(_ id: String, until file: String, in world: World) async throws {
    let program = """
      import fcntl, os, sys, time
      f = open(sys.argv[1], 'a+')
      fcntl.lockf(f, fcntl.LOCK_EX)
      open(sys.argv[2], 'w').write('held')
      while not os.path.exists(sys.argv[3]): time.sleep(0.01)
      """
    let folder = world.scratch.path
    _ = try await run(
      "timeout",
      [
        "120", "/usr/bin/python3", "-c", program, "\(world.database).gitops-locks/\(id).lock",
        "\(folder)/\(id)-held", "\(folder)/\(file)",
      ])
  }

  /// Returns the exit status, followed by port, edits and audit rows.
  private func make(_ move: Move, in world: World) async throws -> (status: Int32, row: String) {
    let changed = World.spec.replacing("8080", with: "8081")
    let mirror = "\(world.mirrors)/acme/shop.git"
    func set(_ change: String) async throws {
      try await world.sql("UPDATE workloads SET \(change) WHERE id = 'w2'")
    }
    switch move {
    case .none: return (0, "8080||1")
    case .spec:
      try await world.push(changed)
      return (0, "8081||1")
    case .packedSpec:
      try await world.push(changed)
      try await git("pack-refs", "--all", in: mirror)
      return (0, "8081||1")
    case .branchGone:
      try await git("update-ref", "-d", "refs/heads/main", in: mirror)
      return (2, "3000||0")
    case .undeclared:
      try await set("source_config = json_set(source_config, '$.edits', 1)")
      return (0, "8080|1|1")
    case .sameField:
      try await set("source_config = json_set(source_config, '$.port', 9)")
      return (0, "8080||1")
    case .optedOut:
      try await set("gitops_enabled = 0")
      return (1, "3000||0")
    case .path:
      try await set("gitops_path = 'other.yml'")
      return (1, "3000||0")
    case .vanished:
      try await world.sql("DELETE FROM workloads WHERE id = 'w2'")
      return (2, "")
    case .mirrorGone:
      try await mustRun("rm", ["-r", mirror])
      return (2, "3000||0")
    case .lockTaken: return (0, "8081||1")
    }
  }
}
