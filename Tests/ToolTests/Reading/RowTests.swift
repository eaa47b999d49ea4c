import DriftTracking
import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// Rows as Go's drivers store them, through the built tools.
@Suite(.ownTime, .hangLimit) struct RowTests {
  /// A config in a BLOB is planned, synced, reverted, and stays a BLOB.
  @Test func aBlobConfigIsSynced() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let columns = ["name", "source_kind", "source_config", "gitops_path", "gitops_commit_sha"]
    for column in columns {
      try await world.sql("UPDATE workloads SET \(column) = CAST(\(column) AS BLOB)")
    }
    let before = try await world.sql("SELECT hex(source_config) FROM workloads")
    #expect(try await world.tool("plan", "--workload", "shop").status == 1)
    let applied = try await world.tool("apply", "--all", "--yes")
    #expect(applied.status == 0, "\(applied.output)\(applied.error)")
    let stored = try await world.sql(
      """
      SELECT typeof(source_config), typeof(gitops_commit_sha),
        json_extract(CAST(source_config AS TEXT), '$.port') FROM workloads
      """)
    #expect(stored == "blob|blob|8080")
    #expect(try await world.tool("apply", "revert", "shop", "--yes").status == 0)
    #expect(try await world.sql("SELECT hex(source_config) FROM workloads") == before)
  }

  /// The words for a config that is not text, of every tool that reads it.
  @Test(arguments: [
    ("NULL", "it is NULL"), ("x'efbbbf7b7d'", "begins with a byte order mark"),
    ("char(65279) || '{}'", "begins with a byte order mark"), ("x'7bff7d'", "not valid UTF-8"),
    ("''", "it is empty"), ("x''", "it is empty"),
  ])
  func aConfigThatIsNoneIsNamed(_ value: String, _ told: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    // The schema of the tests forbids NULL, and another may not.
    try await world.sql(
      """
      CREATE TABLE other AS SELECT * FROM workloads; DROP TABLE workloads;
      ALTER TABLE other RENAME TO workloads; UPDATE workloads SET source_config = \(value)
      """)
    for command in [["plan", "--all"], ["drift", "--all"], ["apply", "--all", "--yes"]] {
      let result = try await run(
        builtTool(command[0]), Array(command.dropFirst()), in: world.repository,
        environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
      #expect(result.status == 2 && result.output.contains(told), "\(command) \(result.output)")
      #expect(!result.output.contains("at byte 0"))
    }
  }

  /// Two ids that print alike are two workloads, in every command.
  @Test func idsThatPrintAlikeAreTwo() async throws {
    let world = try await World()
    try await world.addWorkload("b", name: "one")
    try await world.addWorkload("x", name: "two")
    try await world.sql("UPDATE workloads SET id = x'62' WHERE name = 'two'")
    let port = "json_extract(source_config, '$.port')"
    let only = try await world.tool("apply", "--workload", "x'62'", "--yes", "--format", "json")
    #expect(only.status == 0, "\(only.output)\(only.error)")
    #expect(only.output.contains(#""id": "x'62'""#) && only.output.contains(#""name": "two""#))
    let ports = "SELECT name, \(port) FROM workloads ORDER BY name"
    #expect(try await world.sql(ports) == "one|3000\ntwo|8080")
    let plan = world.scratch.file("saved.plan")
    #expect(try await world.tool("plan", "--workload", "b", "--out", plan).status < 2)
    #expect(try await world.tool("apply", plan).status == 0)
    #expect(try await world.sql(ports) == "one|8080\ntwo|8080")
    let history = try await world.tool("apply", "history", "b", "--format", "json")
    #expect(history.output.contains(#""name": "one""#) && !history.output.contains(#""two""#))
    #expect(try await world.tool("apply", "revert", "x'62'", "--yes").status == 0)
    #expect(try await world.sql(ports) == "one|8080\ntwo|3000")
    let disabled = try await world.tool("apply", "disable", "x'62'")
    #expect(disabled.status == 0, "\(disabled.error)")
    let enabled = "SELECT name, gitops_enabled FROM workloads ORDER BY name"
    #expect(try await world.sql(enabled) == "one|1\ntwo|0")
    _ = try await world.tool("apply", "enable", "two")
    let snapshot = world.scratch.file("live.json")
    #expect(try await world.tool("drift", "--all", "--snapshot", snapshot).status == 0)
    let drift = try await world.tool("drift", "--live", snapshot, "--all", "--format", "json")
    let report = try DriftReport(json: Array(drift.output.utf8), name: "drift")
    #expect(report.workloads.map { "\($0.name) \($0.drift.count)" } == ["one 0", "two 3"])
  }

  /// Ids that Swift takes for equal, for they differ in their Unicode form alone.
  @Test func composedAndDecomposedIdsAreTwo() async throws {
    let world = try await World()
    try await world.addWorkload("é", name: "one")
    try await world.addWorkload("e\u{301}", name: "two")
    let result = try await world.tool("apply", "--all", "--yes", "--atomic")
    #expect(result.status == 0, "\(result.output)\(result.error)")
    let ports = "SELECT count(*) FROM workloads WHERE json_extract(source_config, '$.port') = 8080"
    #expect(try await world.sql(ports) == "2")
    let one = try await world.tool("apply", "history", "e\u{301}", "--format", "json")
    #expect(one.output.contains(#""name": "two""#) && !one.output.contains(#""one""#))
    let parts = try ["é", "e\u{301}"].map { id in
      try world.scratch.write("\(id.utf8.count).json", "")
    }
    for (id, part) in zip(["é", "e\u{301}"], parts) {
      let drift = try await world.tool("drift", "--workload", id, "--format", "json")
      _ = try world.scratch.write("\(id.utf8.count).json", drift.output)
      _ = part
    }
    let merged = try await run(builtTool("drift"), ["merge"] + parts)
    #expect(merged.status == 0, "\(merged.error)")
  }

  /// A form of `updated_at` that nobody knows is left alone and said, in text and JSON.
  @Test func anUnknownUpdatedAtIsSaid() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.sql("UPDATE workloads SET updated_at = 'last week'")
    let text = try await world.tool("apply", "--all", "--yes")
    #expect(text.status == 0 && text.output.contains("note: updated_at holds last week"))
    try await world.push("version: 1\ndeploy: {port: 7000}\n")
    let json = try await world.tool("apply", "--all", "--yes", "--format", "json", "--atomic")
    try await expectSchema("apply", json.output)
    #expect(json.output.contains("updated_at holds last week"))
  }

  /// A port that Go's decoder refuses is reported, equal to the declared one or not.
  @Test(arguments: [("8080.0", 0, "not 8080.0"), ("\"8080\"", 1, "\"8080\" → 8080")])
  func anOddPortIsTold(_ port: String, _ status: Int, _ told: String) async throws {
    let world = try await World(spec: "version: 1\ndeploy: {port: 8080}\n")
    try await world.addWorkload("w1", config: World.config("\"port\":\(port)"))
    let plan = try await world.tool("plan", "--all")
    #expect(plan.status == status && plan.output.contains(told), "\(plan.output)")
    #expect(plan.output.contains("note: the server's decoder refuses the whole live config"))
    #expect(
      !plan.output.contains(" 8080 → 8080") && !plan.output.contains("in sync, 1 managed field\n"))
    let json = try await world.tool("plan", "--all", "--format", "json")
    try await expectSchema("plan", json.output)
    #expect(json.output.contains("refuses the whole live config"))
    let drift = try await world.tool("drift", "--all")
    #expect(drift.status == status && drift.output.contains("refuses the whole live config"))
  }

  /// The branch is the one that the server reads.
  @Test func theLastBranchIsFollowed() async throws {
    let world = try await World()
    try await git("branch", "dev", in: world.repository)
    try await world.push("version: 1\ndeploy: {port: 7000}\n")
    try await world.addWorkload("w1", config: World.config(#""port":3000,"Branch":"dev""#))
    let plan = try await world.tool("plan", "--all")
    #expect(plan.output.contains("3000 → 8080"), "\(plan.output)")
  }

  /// A column of the log that names the workload is filled, in the type of the id.
  @Test func theLogNamesTheWorkload() async throws {
    let world = try await World()
    try await world.addWorkload("7", name: "shop")
    try await world.sql(
      """
      DROP TABLE event_log;
      CREATE TABLE event_log (id INTEGER PRIMARY KEY, source TEXT, severity TEXT, message TEXT,
        metadata TEXT, Workload_ID TEXT NOT NULL, about REFERENCES workloads, workload_name TEXT NOT NULL,
        created_at TEXT);
      """)
    #expect(try await world.tool("plan", "doctor").output.contains("event_log") == false)
    let result = try await world.tool("apply", "--all", "--yes")
    #expect(result.status == 0, "\(result.output)\(result.error)")
    #expect(
      try await world.sql("SELECT workload_id, about, workload_name, typeof(about) FROM event_log")
        == "7|7|shop|text")
    // The server's own rows are found by the column alone.
    try await world.sql(
      """
      INSERT INTO event_log (source, severity, message, metadata, workload_id, workload_name, created_at)
      VALUES ('gitops', 'info', 'GitOps sync', '{"commit":"c0ffee"}', '7', 'shop', '2026-01-02 03:04:05')
      """)
    let history = try await world.tool("apply", "history", "shop", "--format", "json")
    #expect(history.output.contains("c0ffee"), "\(history.output)")
  }
}
