import TestSupport
import Testing

/// A connection that breaks within a run of apply: opened again for the next workload, and nothing is sent twice.
@Suite(.ownTime, .hangLimit) struct PostgresReconnectTests {
  private static let ids = (1...12).map { "w\($0)" }

  private func world(_ cluster: PostgresCluster) async throws -> World {
    let world = try await World(on: cluster)
    for id in Self.ids { try await world.addWorkload(id) }
    return world
  }

  /// The update of one workload takes long enough to be met by a test.
  private static let pause = """
    CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.id = 'w3' THEN PERFORM pg_sleep(120); END IF; RETURN NEW; END $$;
    CREATE TRIGGER pause BEFORE UPDATE ON workloads FOR EACH ROW EXECUTE FUNCTION pause();
    """
  private static let audited =
    "SELECT count(*), count(DISTINCT metadata::jsonb->>'workload') FROM event_log"

  /// Waits until the update of that workload runs.
  private func waitForPause(_ world: World) async throws {
    for _ in 0..<2000 {
      let found = try await world.sql(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"
      )
      if found != "0" { return }
      try await Task.sleep(for: .milliseconds(5))
    }
    throw TestSupportError("no update was met")
  }

  /// The server ends the session after each commit of another one: each workload needs a connection of its own.
  @Test(arguments: [["--all", "--yes"], ["--all", "--yes", "--keep-going"]])
  func aSessionThatIsEndedBetweenTwoWorkloads(_ words: [String]) async throws {
    let world = try await world(PostgresCluster.shared)
    // The sync's own session ends as soon as it is idle after the commit.
    try await world.sql(
      """
      CREATE FUNCTION ended() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM set_config('idle_session_timeout', '1ms', false); RETURN NULL; END $$;
      CREATE TRIGGER ended AFTER INSERT ON event_log FOR EACH ROW EXECUTE FUNCTION ended();
      """)
    let applied = try await world.tool("apply", arguments: words)
    #expect(applied.status == 0, "\(applied)")
    #expect(applied.error.contains("was lost: connecting again"), "\(applied)")
    #expect(try await world.sql(Self.audited) == "12|12")
    try await world.sql("DROP TRIGGER ended ON event_log")
    #expect(try await world.tool("drift", "--all").status == 0)
  }

  /// Ended from outside, in the middle of a run, by `pg_terminate_backend`: at most the workload that was being written
  /// fails, all others are applied.
  @Test func aBackendThatIsTerminated() async throws {
    let world = try await world(PostgresCluster.shared)
    try await world.sql(Self.pause)
    try await withThrowingTaskGroup(of: CommandResult?.self) { group in
      group.addTask { try await world.tool("apply", "--all", "--yes", "--keep-going") }
      group.addTask {
        try await waitForPause(world)
        let ended = try await world.sql(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
            AND wait_event = 'PgSleep'
          """)
        #expect(ended == "t")
        return nil
      }
      for try await case let result? in group {
        #expect(result.status == 2, "\(result)")
        #expect(result.output.ranges(of: "unknown: the connection").count == 1, "\(result)")
        #expect(result.error.ranges(of: "connecting again").count == 1, "\(result)")
      }
    }
    try await world.sql("DROP TRIGGER pause ON workloads")
    #expect(try await world.sql(Self.audited) == "11|11")
    #expect(try await world.tool("apply", "--all", "--yes").status == 0)
    #expect(try await world.sql(Self.audited) == "12|12")
  }

  /// The server is restarted in the middle of `apply --all --keep-going`, which waits for it.
  @Test(arguments: ["fast", "immediate"]) func aServerThatIsRestarted(_ mode: String) async throws {
    let cluster = try await PostgresCluster(settings: "fsync = on\n")
    let world = try await world(cluster)
    try await world.sql(Self.pause)
    try await withThrowingTaskGroup(of: CommandResult?.self) { group in
      group.addTask { try await world.tool("apply", "--all", "--yes", "--keep-going") }
      group.addTask {
        try await waitForPause(world)
        try await cluster.stop(mode)
        try await cluster.start()
        return nil
      }
      for try await case let result? in group {
        #expect(result.status == 2, "\(result)")
        let failed = result.output.ranges(of: "unknown: the connection").count
        #expect(failed == 1, "\(result)")
      }
    }
    try await world.sql("DROP TRIGGER pause ON workloads")
    #expect(try await world.sql(Self.audited) == "11|11")
    #expect(try await world.tool("apply", "--all", "--yes").status == 0)
    #expect(try await world.sql(Self.audited) == "12|12")
  }

  /// A server that stays away is waited for once, and each workload that was not reached says why.
  @Test func aServerThatStaysAway() async throws {
    let cluster = try await PostgresCluster()
    let world = try await world(cluster)
    try await world.sql(Self.pause)
    try await withThrowingTaskGroup(of: CommandResult?.self) { group in
      group.addTask {
        try await world.tool("apply", "--all", "--yes", "--keep-going", "--lock-timeout", "2s")
      }
      group.addTask {
        try await waitForPause(world)
        try await cluster.stop("immediate")
        return nil
      }
      for try await case let result? in group {
        #expect(result.status == 2, "\(result)")
        #expect(result.output.ranges(of: "unknown: the connection").count == 1, "\(result)")
        #expect(result.output.ranges(of: "cannot connect to the database").count > 5, "\(result)")
        #expect(result.error.ranges(of: "connecting again").count == 1, "\(result)")
      }
    }
    try await cluster.start()
    try await world.sql("DROP TRIGGER pause ON workloads")
    #expect(try await world.tool("apply", "--all", "--yes").status == 0)
    #expect(try await world.sql(Self.audited) == "12|12")
  }
}
