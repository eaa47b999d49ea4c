import TestSupport
import Testing

/// Many programs at once, servers that end, and a pooler in between: nothing is lost, nothing is audited twice.
@Suite(.ownTime, .hangLimit, .serialized) struct PostgresRaceTests {
  /// Through a pooler that hands out transactions, with fewer connections than clients.
  @Test func throughAPooler() async throws {
    let cluster = try await PostgresCluster.shared
    let world = try await World(on: cluster)
    let server = try #require(world.server)
    for number in 1...6 { try await world.addWorkload("w\(number)", name: "shop \(number)") }
    try await PgBouncer.pooling(cluster, connections: 3) { pool in
      let address = ["TINYFORGE_DB": pool.address(server.name)]
      #expect(try await world.tool("drift", "--all", environment: address).status == 1)
      try await withThrowingTaskGroup(of: CommandResult.self) { group in
        for _ in 0..<8 {
          group.addTask {
            try await world.tool(
              "apply", "--all", "--yes", "--lock-timeout", "60s", environment: address)
          }
        }
        for try await result in group { #expect(result.status == 0, "\(result)") }
      }
      #expect(try await world.sql("SELECT count(*) FROM event_log") == "6")
      let names = try await world.sql(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'apply/%' AND datname = current_database()"
      )
      #expect(names == "0")
      let locks = try await world.tool("apply", "locks", environment: address)
      #expect(locks.output.contains("no lock is held"), "\(locks)")
      let file = world.scratch.file("saved.plan")
      try await world.push(World.spec.replacing("8080", with: "8081"))
      #expect(
        try await world.tool("plan", "--all", "--out", file, environment: address).status == 0)
      #expect(try await world.tool("apply", file, "--yes", environment: address).status == 0)
      #expect(try await world.tool("apply", "history", environment: address).status == 0)
      #expect(
        try await world.tool("apply", "revert", "w1", "--yes", environment: address).status == 0)
    }
  }

  /// What the log says was done: of each workload the ports that it was set to, in their order.
  private func requireWholeHistory(_ world: World, _ ids: [String]) async throws {
    for id in ids {
      let broken = try await world.sql(
        """
        WITH steps AS (
          SELECT id, c->>'from' AS before, c->>'to' AS after FROM event_log,
            jsonb_array_elements(metadata::jsonb->'changes') c
          WHERE metadata::jsonb->>'workload' = '\(id)' AND c->>'field' = 'port'),
        pairs AS (SELECT before, lag(after) OVER (ORDER BY id) AS former FROM steps)
        SELECT count(*) FROM pairs WHERE former IS NOT NULL AND before IS DISTINCT FROM former;
        """)
      #expect(broken == "0", "\(id): a change does not begin where the one before it ended")
      let last = try await world.sql(
        """
        SELECT (SELECT c->>'to' FROM event_log, jsonb_array_elements(metadata::jsonb->'changes') c
          WHERE metadata::jsonb->>'workload' = '\(id)' AND c->>'field' = 'port' ORDER BY event_log.id DESC LIMIT 1)
          = (SELECT source_config::jsonb->>'port' FROM workloads WHERE id = '\(id)');
        """)
      #expect(last == "t" || last.isEmpty, "\(id): the row is not as the log says")
    }
  }

  /// Appliers that revert and sync, and foreign writers that change undeclared members, for a while.
  @Test func appliersAndForeignWriters() async throws {
    let cluster = try await PostgresCluster.shared
    let world = try await World(on: cluster)
    let ids = (1...4).map { "w\($0)" }
    for id in ids { try await world.addWorkload(id) }
    let end = ContinuousClock.now + .seconds(20)
    let edits = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<10 {
        let words = number < 5 ? ["--yes", "--workload"] : ["revert", "--yes"]
        group.addTask { try await apply(words, ids[number % ids.count], world, until: end) }
      }
      for id in ids.prefix(2) { group.addTask { try await edit(id, world, until: end) } }
      return try await group.reduce(0, +)
    }
    let counted = try await world.sql(
      "SELECT sum((source_config::jsonb->>'edits')::int) FROM workloads")
    #expect(counted == "\(edits)")
    try await requireWholeHistory(world, ids)
    #expect(try await world.sql("SELECT count(*) > 8 FROM event_log") == "t")
    for id in ids {
      #expect(try await world.tool("apply", "--workload", id, "--yes").status == 0)
    }
    #expect(try await world.tool("drift", "--all").status == 0)
  }

  /// Applies again and again; no edit is made.
  private func apply(
    _ words: [String], _ id: String, _ world: World, until end: ContinuousClock.Instant
  ) async throws -> Int {
    while ContinuousClock.now < end {
      let result = try await world.tool(
        "apply", arguments: words + [id, "--lock-timeout", "60s"])
      #expect([0, 1].contains(result.status), "\(words) \(result)")
    }
    return 0
  }

  /// Changes a member that no spec declares, as a foreign program does; how often.
  private func edit(_ id: String, _ world: World, until end: ContinuousClock.Instant) async throws
    -> Int
  {
    var count = 0
    while ContinuousClock.now < end {
      try await world.sql(
        """
        UPDATE workloads SET source_config = jsonb_set(source_config::jsonb, '{edits}',
          to_jsonb(coalesce((source_config::jsonb->>'edits')::int, 0) + 1))::text WHERE id = '\(id)'
        """)
      count += 1
    }
    return count
  }

  /// Clients that are killed, and a server that is stopped as by a crash and started again.
  @Test func killedClientsAndACrashedServer() async throws {
    let cluster = try await PostgresCluster(settings: "fsync = on\n")
    let world = try await World(on: cluster)
    let ids = (1...20).map { "w\($0)" }
    for id in ids { try await world.addWorkload(id) }
    for round in 0..<3 {
      try await world.push(World.spec.replacing("8080", with: "\(9000 + round)"))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for delay in ["0.08", "0.15", "0.3"] {
          group.addTask {
            _ = try await run(
              "timeout",
              ["-s", "KILL", delay, builtTool("apply"), "--all", "--yes", "--lock-timeout", "60s"],
              environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
          }
        }
        group.addTask {
          let cut = try await world.tool(
            "apply", "--all", "--yes", "--keep-going", "--lock-timeout", "60s")
          #expect([0, 2, 3].contains(cut.status), "\(cut)")
        }
        try await Task.sleep(for: .milliseconds(100 + 100 * round))
        try await cluster.stop("immediate")
        try await cluster.start()
        try await group.waitForAll()
      }
      let settled = try await world.tool("apply", "--all", "--yes", "--lock-timeout", "60s")
      #expect(settled.status == 0, "\(settled)")
      #expect(try await world.tool("drift", "--all").status == 0)
      try await requireWholeHistory(world, ids)
      let synced = try await world.sql("SELECT count(*) FROM event_log")
      #expect(synced == "\(20 * (round + 1))", "each workload is audited once a round")
    }
    #expect(try await world.tool("apply", "locks").output.contains("no lock is held"))
  }

  /// A connection that is cut off while the change is committed: what became of it is not guessed.
  @Test func aLostCommitIsUnknown() async throws {
    let cluster = try await PostgresCluster.shared
    let world = try await World(on: cluster)
    try await world.addWorkload("w1")
    // The commit takes long enough to be cut off: a deferred trigger of the audit row waits, and is run before it.
    try await world.sql(
      """
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER t AFTER INSERT ON event_log DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION f();
      """)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        let lost = try await world.tool("apply", "--all", "--yes")
        #expect(lost.status == 2, "\(lost)")
        let text = lost.output + lost.error
        #expect(text.contains("unknown: the connection to the database"), "\(text)")
        #expect(text.contains("apply history"), "\(text)")
      }
      var ended = ""
      for _ in 0..<400 where !ended.contains("t") {
        try await Task.sleep(for: .milliseconds(50))
        ended = try await world.sql(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND application_name LIKE 'apply/%' AND wait_event = 'PgSleep'
          """)
      }
      #expect(ended.contains("t"))
      try await group.waitForAll()
    }
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "0")
    try await world.sql("DROP TRIGGER t ON event_log")
    #expect(try await world.tool("apply", "--all", "--yes").status == 0)
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "1")
  }
}
