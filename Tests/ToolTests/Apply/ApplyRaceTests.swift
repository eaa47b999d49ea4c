import TestSupport
import Testing
import TinyforgeCore

/// Syncs beside other writers, and syncs that die: nothing lost, nothing half done.
@Suite(.ownTime, .hangLimit) struct ApplyRaceTests {
  /// Two appliers and the server's edit form work on the same rows at once.
  ///
  /// The form changes a member that no spec declares, the spec moves all the time. Every edit and
  /// every sync must be in the end result, and every change of a config must be audited.
  @Test func twoAppliersAndAForeignWriter() async throws {
    let world = try await World()
    for index in 1...4 {
      try await world.addWorkload("w\(index)", config: World.config(#""port":3000,"edits":0"#))
    }
    try await countChanges(world)
    let edits = 60
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...2 {
        group.addTask {
          for _ in 1...12 {
            let result = try await world.tool(
              "apply", "--all", "--yes", "--keep-going", "--lock-timeout", "60s")
            #expect(result.status == 0, "\(result.output)\(result.error)")
          }
        }
      }
      group.addTask { try await edit(world, times: edits) }
      group.addTask {
        for port in 8000..<8010 {
          try await world.push("version: 1\ndeploy: {port: \(port)}\n")
        }
      }
      try await group.waitForAll()
    }
    _ = try await world.tool("apply", "--all", "--yes")
    let rows = try await world.sql(
      """
      SELECT DISTINCT json_extract(source_config, '$.port'), json_extract(source_config, '$.edits'),
        instr(source_config, '12345678901234567890') > 0 FROM workloads
      """)
    #expect(rows == "8009|\(edits)|1")
    // A trigger counted the changes of a port; the event log must hold one row for each.
    let changes = try await world.sql("SELECT count(*) FROM port_changes")
    #expect(
      try await world.sql("SELECT count(*) FROM event_log WHERE source = 'gitops'") == changes)
  }

  private func countChanges(_ world: World) async throws {
    try await world.sql(
      """
      CREATE TABLE port_changes (id TEXT, port INTEGER);
      CREATE TRIGGER count_ports AFTER UPDATE OF source_config ON workloads
        WHEN json_extract(old.source_config, '$.port') <> json_extract(new.source_config, '$.port')
        BEGIN
          INSERT INTO port_changes VALUES (new.id, json_extract(new.source_config, '$.port'));
        END;
      """)
  }

  private func edit(_ world: World, times: Int) async throws {
    for _ in 0..<times {
      try await world.sql(
        """
        UPDATE workloads SET source_config =
          replace(source_config, '"edits":' || json_extract(source_config, '$.edits'),
            '"edits":' || (json_extract(source_config, '$.edits') + 1))
        """)
    }
  }

  /// Killed a hundred times at a random moment: each row is wholly old or wholly new, audited
  /// exactly when it is new, and the lock is free again.
  @Test func killedAtRandom() async throws {
    let world = try await World()
    for index in 1...3 { try await world.addWorkload("w\(index)") }
    var generator = SeededGenerator(seed: 20_261_124)
    var port = 10_000
    for _ in 1...100 {
      port += 1
      try await world.push("version: 1\ndeploy: {port: \(port)}\n")
      let pause = Double(Int.random(in: 0...60, using: &generator)) / 1000
      _ = try await run(
        "timeout", ["-s", "KILL", "\(pause)", builtTool("apply"), "--all", "--yes"],
        environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
      try await expectWhole(world)
    }
    let last = try await world.tool("apply", "--all", "--yes", "--lock-timeout", "0")
    #expect(last.status == 0, "\(last.output)\(last.error)")
    try await expectWhole(world)
    #expect(
      try await world.sql(
        "SELECT DISTINCT json_extract(source_config, '$.port') FROM workloads") == "\(port)")
  }

  /// The recorded commit of each row is that of its last audit row, and so is the port.
  private func expectWhole(_ world: World) async throws {
    #expect(try await world.sql("PRAGMA integrity_check") == "ok")
    let torn = try await world.sql(
      """
      WITH last AS (
        SELECT json_extract(metadata, '$.workload') AS id, json_extract(metadata, '$.commit') AS sha,
          json_extract(metadata, '$.changes[0].to') AS port, max(id)
        FROM event_log GROUP BY 1)
      SELECT count(*) FROM workloads LEFT JOIN last USING (id)
      WHERE gitops_commit_sha IS NOT coalesce(last.sha, '')
        OR json_extract(source_config, '$.port') IS NOT coalesce(last.port, 3000)
      """)
    #expect(torn == "0")
  }

  @Test func aHeldLockIsToldAndWaitedFor() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    // A database that is busy holds the first apply inside its lock, until the second has tried.
    let folder = world.scratch.path
    let holder = """
      import os, sqlite3, sys, time
      c = sqlite3.connect(sys.argv[1])
      c.isolation_level = None
      c.execute('BEGIN IMMEDIATE')
      open(sys.argv[2] + '/held', 'w').write('held')
      for _ in range(6000):
        if os.path.exists(sys.argv[2] + '/tried'): break
        time.sleep(0.01)
      c.execute('ROLLBACK')
      """
    async let held = run("/usr/bin/python3", ["-c", holder, world.database, folder])
    try await waitForFile("\(folder)/held")
    // Longer than the ten seconds that a busy database is waited for at least.
    async let first = world.tool(
      "apply", "--all", "--yes", "--actor", "first", "--lock-timeout", "60s")
    // The note in the lock's file is written when the lock is taken.
    try await waitForFile("\(world.database).gitops-locks/w1.lock")
    let second = try await world.tool("apply", "--all", "--yes", "--lock-timeout", "0")
    try world.scratch.write("tried", "")
    #expect(second.status == 3, "\(second.output)\(second.error)")
    #expect(second.output.contains("another sync of workload w1 is running"))
    #expect(second.output.contains("first"))
    #expect(try await first.status == 0)
    #expect(try await held.status == 0)
  }
}
