import TestSupport
import Testing

/// A streaming replica: read by plan and drift, refused by apply, and the primary after its promotion.
@Suite(.ownTime, .hangLimit) struct PostgresStandbyTests {
  @Test func aStandbyIsReadAndNotWritten() async throws {
    let primary = try await PostgresCluster()
    let world = try await World(on: primary)
    try await world.addWorkload("w1")
    let standby = try await PostgresCluster(standbyOf: primary)
    let name = try #require(world.server).name
    let address = ["TINYFORGE_DB": standby.address(name)]
    #expect(try await world.tool("drift", "--all", environment: address).status == 1)
    #expect(try await world.tool("plan", "--all", environment: address).status == 1)
    #expect(try await world.tool("apply", "locks", environment: address).status == 0)
    let refused = try await world.tool("apply", "--all", "--yes", environment: address)
    #expect(refused.status == 2 && refused.error.contains("is a standby"), "\(refused)")
    let doctor = try await world.tool("plan", "doctor", "--fetch", "local", environment: address)
    #expect(doctor.output.contains("is a standby"), "\(doctor)")
    // Both servers in one address: the one that can be written is found.
    let both =
      "postgres://postgres@/\(name)?host=\(standby.folder),\(primary.folder)"
      + "&port=\(standby.port),\(primary.port)&target_session_attrs=read-write"
    let applied = try await world.tool(
      "apply", "--all", "--yes", environment: ["TINYFORGE_DB": both])
    #expect(applied.status == 0, "\(applied)")
  }

  /// In the middle of syncs the primary dies as by a crash and the replica takes its place: what the old one had confirmed
  /// and the new one received is there once, and running again completes the rest.
  @Test func aPromotionInTheMiddleOfSyncs() async throws {
    let primary = try await PostgresCluster(
      settings: "synchronous_standby_names = '*'\nsynchronous_commit = local\n")
    let world = try await World(on: primary)
    let count = 200
    let config = World.config().replacing("'", with: "''")
    try await world.sql(
      """
      INSERT INTO workloads (id, kind, ref_id, name, source_kind, source_config, gitops_enabled, gitops_path)
      SELECT 'w' || n, 'app', 'w' || n, 'w' || n, 'dockerfile', '\(config)', true, '.tinyforge.yml'
      FROM generate_series(1, \(count)) n
      """)
    let standby = try await PostgresCluster(standbyOf: primary)
    try await primary.sql(
      "ALTER SYSTEM SET synchronous_commit = remote_apply; SELECT pg_reload_conf();")
    let name = try #require(world.server).name
    let both =
      "postgres://postgres@/\(name)?host=\(primary.folder),\(standby.folder)"
      + "&port=\(primary.port),\(standby.port)&target_session_attrs=read-write"
    let address = ["TINYFORGE_DB": both]
    let events = "SELECT count(*), count(DISTINCT metadata::jsonb->>'workload') FROM event_log"
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        let cut = try await world.tool("apply", "--all", "--yes", environment: address)
        // Between two workloads the connection is only opened again, to the new primary.
        #expect([0, 2].contains(cut.status), "\(cut)")
        // Every workload that was reported as applied is kept.
        let told = cut.output.split(separator: "\n").count { $0.contains("applied") }
        #expect(told > 0)
      }
      for _ in 0..<1000 {
        if try await primary.sql("SELECT count(*) > 30 FROM event_log", in: name) == "t" { break }
      }
      try await primary.stop("immediate")
      try await standby.promote()
      try await group.waitForAll()
    }
    let kept = try await standby.sql(events, in: name).split(separator: "|")
    #expect(kept.first == kept.last && kept.first != "0", "\(kept)")
    try await standby.sql(
      "ALTER SYSTEM SET synchronous_standby_names = ''; SELECT pg_reload_conf();")
    let rest = try await world.tool("apply", "--all", "--yes", environment: address)
    #expect(rest.status == 0, "\(rest)")
    #expect(try await standby.sql(events, in: name) == "\(count)|\(count)")
    #expect(try await world.tool("drift", "--all", environment: address).status == 0)
  }
}
