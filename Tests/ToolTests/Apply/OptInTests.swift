import TestSupport
import Testing

/// `apply enable`, `apply disable` and `apply locks`.
@Suite(.ownTime, .hangLimit) struct OptInTests {
  private static let others =
    "SELECT id, kind, ref_id, name, source_kind, source_config, updated_at, gitops_last_sync_at, "
    + "gitops_commit_sha FROM workloads"

  @Test func onlyTheGitOpsColumnsChange() async throws {
    let world = try await World()
    try await world.addWorkload("w1", enabled: false)
    let before = try await world.sql(Self.others)
    let state =
      "SELECT gitops_enabled, gitops_path, (SELECT count(*) FROM event_log) FROM workloads"
    for (arguments, expected) in [
      (["enable", "w1"], "1|.tinyforge.yml|1"), (["enable", "w1"], "1|.tinyforge.yml|1"),
      (["enable", "w1", "--path", "deploy/t.yml"], "1|deploy/t.yml|2"),
      (["enable", "w1"], "1|deploy/t.yml|2"), (["disable", "w1"], "0|deploy/t.yml|3"),
      (["disable", "w1"], "0|deploy/t.yml|3"),
    ] {
      let result = try await run(
        builtTool("apply"), arguments + ["--format", "json"],
        environment: ["TINYFORGE_DB": world.database])
      #expect(result.status == 0, "\(result.error)")
      try await expectSchema("opt-in", result.output)
      #expect(try await world.sql(state) == expected)
    }
    #expect(try await world.sql(Self.others) == before)
    #expect(
      try await world.sql("SELECT json_extract(metadata, '$.kind') FROM event_log ORDER BY id")
        == "enable\nenable\ndisable")
  }

  /// The server's rules on paths.
  @Test(arguments: [
    "/a.yml", "..", "a/../b", "./a", "a//b", "a/", ".git/config", "a/.GIT/b", "a\\b", "a?b",
    "a#b", "a%b", "a\nb", "a\u{7F}",
  ])
  func paths(_ path: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1", enabled: false)
    let before = try await world.sql(".dump")
    let result = try await world.tool("apply", "enable", "w1", "--path=\(path)")
    #expect(result.status == 1 && result.output.contains("the path"), "\(result.output)")
    #expect(try await world.sql(".dump") == before)
  }

  @Test func onlyEligibleSourcesOptIn() async throws {
    let world = try await World()
    try await world.addWorkload("w1", source: "compose", enabled: false)
    let refused = try await world.tool("apply", "enable", "w1")
    #expect(refused.status == 1 && refused.output.contains("not compose"))
    // Opting out corrects an opt-in that should not be.
    try await world.sql("UPDATE workloads SET gitops_enabled = 1")
    #expect(try await world.tool("apply", "disable", "w1").status == 0)
    #expect(try await world.sql("SELECT gitops_enabled FROM workloads") == "0")
  }

  /// Holders are listed at once, with what is known of them, also one that is suspended.
  @Test func locksAreListed() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let free = try await world.tool("apply", "locks")
    #expect(free.status == 0 && free.output == "no lock is held\n")
    // A database that is busy holds an apply inside its lock; the script stops it there.
    let script = """
      import json, os, signal, sqlite3, subprocess, sys, time
      tool, database = sys.argv[1:]
      connection = sqlite3.connect(database, isolation_level=None)
      connection.execute("BEGIN IMMEDIATE")
      apply = subprocess.Popen([tool, "--all", "--yes", "--actor", "ann"])
      def locks():
          return json.loads(subprocess.check_output([tool, "locks", "--format", "json"]))["locks"]
      while not locks(): time.sleep(0.02)
      [running] = locks()
      os.kill(apply.pid, signal.SIGSTOP)
      while locks()[0]["state"] == "running": time.sleep(0.02)
      [suspended] = locks()
      second = subprocess.run([tool, "--all", "--yes", "--lock-timeout", "0"], capture_output=True, text=True)
      os.kill(apply.pid, signal.SIGKILL)
      apply.wait()
      after = locks()
      connection.execute("ROLLBACK")
      print(json.dumps([running["name"], running["holder"]["actor"], running["holder"]["pid"] == apply.pid,
          suspended["state"], second.returncode, f"kill -CONT {apply.pid}" in second.stdout, after]))
      """
    let result = try await run(
      "/usr/bin/python3", ["-c", script, builtTool("apply"), world.database],
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    #expect(
      result.output == #"["shop", "ann", true, "suspended", 3, true, []]"# + "\n",
      "\(result.output)\(result.error)")
    try await expectSchema(
      "locks", try await world.tool("apply", "locks", "--format", "json").output)
  }

  /// Links and relative paths meet at one lock; two names of one file are refused.
  @Test func onePlaceHasOneLock() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await mustRun("ln", ["-s", "tinyforge.db", "link.db"], in: world.scratch.path)
    let linked = try await run(
      builtTool("apply"), ["--all", "--yes", "--db", "link.db"], in: world.scratch.path,
      environment: ["TINYFORGE_MIRRORS": world.mirrors])
    #expect(linked.status == 0, "\(linked.error)")
    try await mustRun("ls", [world.database + ".gitops-locks/w1.lock"])
    try await mustRun("ln", ["tinyforge.db", "hard.db"], in: world.scratch.path)
    for name in ["hard.db", "tinyforge.db"] {
      let hard = try await world.tool("apply", "disable", "w1", "--db", world.scratch.file(name))
      #expect(hard.status == 2 && hard.error.contains("2 names (hard links)"), "\(hard.error)")
    }
  }
}
