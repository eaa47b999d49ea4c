import TestSupport
import Testing

/// What apply has looked at before it gets the lock, and what counts when it has it.
struct ApplyAheadTests {
  enum Move: String, CaseIterable {
    case none, spec, packedSpec, undeclared, sameField, optedOut, path, mirrorGone
  }

  /// While apply waits for the lock, something moves: what is there inside the lock is synced.
  @Test(arguments: Move.allCases)
  func whatMovedMeanwhileCounts(_ move: Move) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let folder = world.scratch.path
    let lock = "\(world.database).gitops-locks/w1.lock"
    try world.scratch.folder("tinyforge.db.gitops-locks")
    let holder = """
      import fcntl, os, sys, time
      f = open(sys.argv[1], 'a+')
      fcntl.lockf(f, fcntl.LOCK_EX)
      open(sys.argv[2] + '/held', 'w').write('held')
      while not os.path.exists(sys.argv[2] + '/moved'): time.sleep(0.01)
      """
    async let held = run("timeout", ["120", "/usr/bin/python3", "-c", holder, lock, folder])
    try await waitForFile("\(folder)/held")
    let command = #"exec "$1" --all --yes --lock-timeout 100s 2> "$2/told""#
    async let synced = run(
      "sh", ["-c", command, "sh", builtTool("apply"), folder],
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    // By now it has looked, and waits.
    try await waitForFile("\(folder)/told")
    let expected = try await make(move, in: world)
    try world.scratch.write("moved", "")
    let result = try await synced
    _ = try await held
    #expect(result.status == expected.status, "\(result.output)")
    let row = try await world.sql(
      """
      SELECT json_extract(source_config, '$.port'), json_extract(source_config, '$.edits'),
        (SELECT count(*) FROM event_log WHERE source = 'gitops') FROM workloads
      """)
    #expect(row == expected.row)
  }

  /// Returns the exit status, and port, edits and audit rows behind it.
  private func make(_ move: Move, in world: World) async throws -> (status: Int32, row: String) {
    let changed = World.spec.replacing("8080", with: "8081")
    switch move {
    case .none: return (0, "8080||1")
    case .spec:
      try await world.push(changed)
      return (0, "8081||1")
    case .packedSpec:
      try await world.push(changed)
      try await git("pack-refs", "--all", in: "\(world.mirrors)/acme/shop.git")
      return (0, "8081||1")
    case .undeclared:
      try await world.sql(
        "UPDATE workloads SET source_config = json_set(source_config, '$.edits', 1)")
      return (0, "8080|1|1")
    case .sameField:
      try await world.sql(
        "UPDATE workloads SET source_config = json_set(source_config, '$.port', 9)")
      return (0, "8080||1")
    case .optedOut:
      try await world.sql("UPDATE workloads SET gitops_enabled = 0")
      return (1, "3000||0")
    case .path:
      try await world.sql("UPDATE workloads SET gitops_path = 'other.yml'")
      return (1, "3000||0")
    case .mirrorGone:
      try await mustRun("rm", ["-r", "\(world.mirrors)/acme/shop.git"])
      return (2, "3000||0")
    }
  }
}
