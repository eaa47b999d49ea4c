import TestSupport
import Testing

/// plan, drift and apply on a database of PostgreSQL.
@Suite(.ownTime, .hangLimit) struct PostgresToolTests {
  private func world(_ type: String = "text") async throws -> World {
    try await World(on: PostgresCluster.shared, configType: type)
  }

  /// From the first look to the revert, with undeclared members kept.
  @Test(arguments: ["text", "json", "jsonb"]) func theWholeWay(_ type: String) async throws {
    let world = try await world(type)
    try await world.addWorkload("w1", name: "shop")
    let config = { try await world.sql("SELECT source_config FROM workloads") }
    let before = try await config()
    let plan = try await world.tool("plan", "--all")
    #expect(plan.status == 1 && plan.output.contains("port"), "\(plan)")
    let drift = try await world.tool("drift", "--all", "--format", "json")
    #expect(drift.status == 1 && drift.output.contains(#""cause": "never_synced""#), "\(drift)")
    let applied = try await world.tool("apply", "--all", "--yes", "--actor", "ann")
    #expect(applied.status == 0 && applied.error.isEmpty, "\(applied)")
    let after = try await config()
    #expect(after.contains("12345678901234567890") && after.contains("8080"), "\(after)")
    if type != "jsonb" {
      #expect(after.hasPrefix(String(before.prefix { $0 != "3" })), "\(after)")
    }
    #expect(try await world.tool("drift", "--all").status == 0)
    #expect(try await world.tool("apply", "--all", "--yes").status == 0)
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "1")
    let history = try await world.tool("apply", "history", "shop")
    #expect(history.status == 0 && history.output.contains("ann"), "\(history)")
    try await world.push(World.spec.replacing("8080", with: "8081"))
    #expect(try await world.tool("apply", "--workload", "w1", "--yes").status == 0)
    let reverted = try await world.tool("apply", "revert", "w1", "--yes")
    #expect(reverted.status == 0, "\(reverted)")
    #expect(try await config() == after)
    #expect(try await world.tool("apply", "disable", "w1").status == 0)
    #expect(try await world.sql("SELECT gitops_enabled FROM workloads") == "f")
    #expect(try await world.tool("apply", "enable", "w1", "--path", ".tinyforge.yml").status == 0)
    let caused = try await world.tool("drift", "--all", "--format", "json")
    #expect(caused.output.contains(#""cause": "reverted""#), "\(caused)")
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "5")
  }

  /// A saved plan is applied once, and is stale once the row moved.
  @Test func savedPlans() async throws {
    let world = try await world()
    try await world.addWorkload("w1", name: "shop")
    let file = world.scratch.file("saved.plan")
    #expect(try await world.tool("plan", "--all", "--out", file).status == 0)
    let applied = try await world.tool("apply", file, "--yes")
    #expect(applied.status == 0, "\(applied)")
    try await world.push(World.spec.replacing("8080", with: "8081"))
    #expect(try await world.tool("plan", "--all", "--out", file).status == 0)
    try await world.sql(
      "UPDATE workloads SET source_config = replace(source_config, '8080', '8082')")
    let stale = try await world.tool("apply", file, "--yes")
    #expect(stale.status == 4, "\(stale)")
    let key = world.scratch.file("given.key")
    let given = try await world.tool(
      "plan", "--all", "--out", file, environment: ["TINYFORGE_PLAN_KEY_FILE": key])
    #expect(given.status == 0, "\(given)")
    #expect(try readFile(key).count == 32)
    // Another user's key is not this one's.
    let foreign = try await world.tool("apply", file, "--yes")
    #expect(foreign.status == 4, "\(foreign)")
    try world.scratch.write("given.key", "short")
    let damaged = try await world.tool(
      "plan", "--all", "--out", file, environment: ["TINYFORGE_PLAN_KEY_FILE": key])
    #expect(damaged.status == 2 && damaged.error.contains("is damaged"), "\(damaged)")
  }

  /// Names and ids are what they are, in statements, locks and reports.
  @Test func hostileNamesAndIDs() async throws {
    let world = try await world()
    let ids = [
      "'; DROP TABLE workloads; --", "$1", "a'b\"c", "\\", "%_", "é", "x\u{1B}[31m", "--yes",
    ]
    for id in ids { try await world.addWorkload(id, name: "n \(id)") }
    let applied = try await world.tool("apply", "--all", "--yes")
    #expect(applied.status == 0 && !applied.output.contains("\u{1B}[31m"), "\(applied)")
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "\(ids.count)")
    for id in ids {
      let history = try await world.tool(
        "apply", arguments: ["history", "--format", "json", "--", id])
      #expect(history.status == 0 && history.output.contains(#""kind": "sync""#), "\(history)")
    }
    #expect(try await world.tool("drift", "--all").status == 0)
  }

  /// Who waits says so, ends in 3 at the timeout, and at once at a signal; who holds is listed.
  @Test func locksAreWaitedFor() async throws {
    let world = try await world()
    for id in ["w1", "w2"] { try await world.addWorkload(id, name: "shop \(id)") }
    // A foreign program keeps the row, and so the first apply its lock.
    let server = try #require(world.server)
    let done = world.scratch.file("done")
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await server.cluster.sql(
          """
          BEGIN; SELECT 1 FROM workloads WHERE id = 'w1' FOR UPDATE;
          \\! while [ ! -e \(done) ]; do sleep 0.05; done
          COMMIT;
          """, in: server.name)
      }
      group.addTask {
        try await waitForLock(server, "relation", "SELECT 1 FROM workloads")
        let waiting = try await world.tool(
          "apply", "--workload", "w1", "--yes", "--lock-timeout", "60s", "--actor", "ann b")
        #expect(waiting.status == 0, "\(waiting)")
      }
      try await waitForHolder(world, "w1")
      let listed = try await world.tool("apply", "locks")
      #expect(listed.status == 0 && listed.output.contains("shop w1"), "\(listed)")
      #expect(listed.output.contains("ann b"), "\(listed)")
      let busy = try await world.tool(
        "apply", "--workload", "w1", "--yes", "--lock-timeout", "600ms")
      #expect(
        busy.status == 3 && busy.output.contains("another sync of workload w1 is running"),
        "\(busy)")
      #expect(busy.output.contains("ann b"), "\(busy)")
      #expect(try await world.tool("apply", "--workload", "w2", "--yes").status == 0)
      let interrupted = try await run(
        "timeout",
        [
          "-s", "INT", "1.5", builtTool("apply"), "--workload", "w1", "--yes", "--lock-timeout",
          "60s",
        ],
        environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
      #expect(interrupted.status == 124 || interrupted.status == 130, "\(interrupted)")
      try world.scratch.write("done", "x")
      try await group.waitForAll()
    }
    #expect(try await world.tool("drift", "--all").status == 0)
    #expect(try await world.tool("apply", "locks").output.contains("no lock is held"))
  }

  private func waitForHolder(_ world: World, _ id: String) async throws {
    for _ in 0..<600 {
      let listed = try await world.tool("apply", "locks", "--format", "json")
      if listed.output.contains("\"\(id)\"") { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw TestSupportError("nobody holds the lock of \(id)")
  }

  private func waitForLock(
    _ server: (cluster: PostgresCluster, name: String), _ kind: String, _ query: String
  ) async throws {
    for _ in 0..<600 {
      let found = try await server.cluster.sql(
        "SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation "
          + "WHERE c.relname = 'workloads' AND l.mode = 'RowShareLock'", in: server.name)
      if found != "0" { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw TestSupportError("nobody holds a lock of the row")
  }

  /// All workloads or none.
  @Test func atomicRuns() async throws {
    let world = try await world()
    for id in ["w1", "w2", "w3"] { try await world.addWorkload(id) }
    try await world.sql(
      "UPDATE workloads SET source_config = replace(source_config, '3000', '\"x\"') WHERE id = 'w2'"
    )
    let refused = try await world.tool("apply", "--all", "--yes", "--atomic")
    #expect(refused.status != 0)
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "0")
    try await world.sql(
      "UPDATE workloads SET source_config = replace(source_config, '\"x\"', '3000') WHERE id = 'w2'"
    )
    let applied = try await world.tool("apply", "--all", "--yes", "--atomic")
    #expect(applied.status == 0, "\(applied)")
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "3")
  }

  /// The doctor finds a sound database sound, and tells what its role lacks.
  @Test func theDoctor() async throws {
    let world = try await world()
    try await world.addWorkload("w1")
    let sound = try await world.tool("plan", "doctor", "--fetch", "local")
    #expect(sound.status == 0, "\(sound)")
    let server = try #require(world.server)
    try await server.cluster.makeRole("lacking")
    let database = server.cluster.address(server.name, user: "lacking")
    let lacking = try await world.tool(
      "plan", "doctor", "--fetch", "local", environment: ["TINYFORGE_DB": database])
    #expect(lacking.status == 1 || lacking.status == 2, "\(lacking)")
    #expect(lacking.output.contains("GRANT SELECT ON public.workloads TO"), "\(lacking)")
    let gone = try await world.tool(
      "plan", "doctor", environment: ["TINYFORGE_DB": server.cluster.address("absent")])
    #expect(gone.output.contains("cannot connect to the database"), "\(gone)")
  }

  /// The password is in no output, whether it is right or wrong, and not in the log, the plan or the list of processes.
  @Test func thePasswordIsNowhere() async throws {
    let world = try await world()
    try await world.addWorkload("w1")
    let server = try #require(world.server)
    try await world.sql(
      "GRANT ALL ON ALL TABLES IN SCHEMA public TO guarded; GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO guarded;"
    )
    let plan = world.scratch.file("saved.plan")
    let address = server.cluster.address(server.name, user: "guarded:open%20sesame")
    let calls = [
      ["plan", "--all"], ["plan", "--all", "--format", "json"], ["plan", "--all", "--out", plan],
      ["drift", "--all", "--format", "html"], ["plan", "doctor"],
      ["apply", "locks", "--format", "json"],
      ["apply", "--all", "--yes"], ["apply", "history"],
      ["drift", "--all", "--format", "prometheus"],
    ]
    for call in calls {
      let good = try await world.tool(
        call[0], arguments: Array(call.dropFirst()), environment: ["TINYFORGE_DB": address])
      #expect(good.status < 2, "\(call) \(good)")
      let bad = try await world.tool(
        call[0], arguments: Array(call.dropFirst()),
        environment: ["TINYFORGE_DB": address.replacing("sesame", with: "sesamo")])
      #expect(bad.status == 2 || call[1] == "doctor", "\(call) \(bad)")
      for text in [good.output, good.error, bad.output, bad.error] {
        #expect(!text.contains("sesam"), "\(call) \(text)")
      }
    }
    let given = try await world.tool(
      "drift", "--all", "--db", server.cluster.address(server.name, user: "guarded"),
      environment: ["PGPASSWORD": PostgresCluster.password])
    #expect(given.status == 0, "\(given)")
    let file = try world.scratch.write(
      "pgpass", "*:*:*:guarded:\(PostgresCluster.password)\n")
    try await mustRun("chmod", ["600", file])
    let filed = try await world.tool(
      "drift", "--all", "--db", server.cluster.address(server.name, user: "guarded"),
      environment: ["PGPASSFILE": file])
    #expect(filed.status == 0, "\(filed)")
    #expect(!String(decoding: try readFile(plan), as: UTF8.self).contains("sesam"))
    let log = try await world.sql("SELECT * FROM event_log")
    #expect(!log.contains("sesam"))
  }

  /// The service file names everything.
  @Test func aServiceFile() async throws {
    let world = try await world()
    try await world.addWorkload("w1")
    let server = try #require(world.server)
    let file = try world.scratch.write(
      "service.conf",
      """
      [forge]
      host=\(server.cluster.folder)
      port=\(server.cluster.port)
      dbname=\(server.name)
      user=postgres

      """)
    let drift = try await world.tool(
      "drift", "--all", "--db", "postgres://?service=forge", environment: ["PGSERVICEFILE": file])
    #expect(drift.status == 1, "\(drift)")
  }
}
