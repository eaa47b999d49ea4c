import TestSupport
import Testing

/// Blue-green on a workload that has volumes: a note, and nothing else changes.
@Suite(.ownTime, .hangLimit) struct VolumeTests {
  private static let words = "the workload has volumes: the old and the new container use them"

  private static func world(_ table: String, config: String = World.config()) async throws -> World
  {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop", config: config)
    try await world.addWorkload("w2", name: "blog", config: config)
    if !table.isEmpty { try await world.sql(table) }
    return world
  }

  /// How the table may be made, and whether it has a row of a workload.
  @Test(arguments: [
    (
      "CREATE TABLE workload_volumes (id, workload_id TEXT, path); INSERT INTO workload_volumes VALUES (1, 'w1', '/a'), (2, 'w1', '/b')",
      true
    ),
    (
      "CREATE TABLE Workload_Volumes (Workload_ID); INSERT INTO workload_volumes VALUES ('w1')",
      true
    ),
    ("CREATE TABLE workload_volumes (workload); INSERT INTO workload_volumes VALUES ('w1')", true),
    (
      "CREATE TABLE workload_volumes (\"of \"\"it\" TEXT REFERENCES workloads(id)); INSERT INTO workload_volumes VALUES ('w1')",
      true
    ),
    (
      "CREATE TABLE workload_volumes (owner TEXT REFERENCES workloads); INSERT INTO workload_volumes VALUES ('w1'), (NULL)",
      true
    ),
    ("CREATE VIEW workload_volumes AS SELECT 'w1' AS workload_id", true),
    ("CREATE TABLE workload_volumes (workload_id)", false),
    (
      "CREATE TABLE workload_volumes (workload_id); INSERT INTO workload_volumes VALUES (NULL), ('w3'), ('')",
      false
    ),
    ("CREATE TABLE workload_volumes (path); INSERT INTO workload_volumes VALUES ('w1')", false),
    ("CREATE VIEW workload_volumes AS SELECT workload_id FROM gone", false), ("", false),
  ])
  func rowsOfTheTableAreNoted(_ table: String, _ isNoted: Bool) async throws {
    let world = try await Self.world(table)
    for (tool, options) in [
      ("plan", []), ("drift", []), ("apply", ["--dry-run"]), ("apply", ["--yes"]),
    ] {
      let result = try await world.tool(
        tool, arguments: ["--all", "--format", "json"] + options)
      #expect(result.status == (options == ["--yes"] ? 0 : 1), "\(result)")
      try await expectSchema(tool, result.output)
      #expect(result.output.ranges(of: Self.words).count == (isNoted ? 1 : 0), "\(result.output)")
      #expect(result.output.ranges(of: "\"status\": \"ok\"").count == 2)
    }
  }

  /// Which strategy counts: what is declared, else what is live.
  @Test(arguments: [
    ("version: 1\ndeploy: {port: 3000}\n", #""port":3000"#, nil),
    ("version: 1\ndeploy: {port: 3000}\n", #""port":3000,"deploy_strategy":"recreate""#, nil),
    (
      "version: 1\ndeploy: {port: 3000}\n", #""port":3000,"deploy_strategy":"blue-green""#,
      "live strategy is"
    ),
    (
      "version: 1\ndeploy: {deploy_strategy: recreate}\n", #""deploy_strategy":"blue-green""#,
      "live strategy is"
    ),
    (
      "version: 1\ndeploy: {deploy_strategy: blue-green}\n", #""port":3000"#,
      "blue-green is declared"
    ),
    (
      "version: 1\ndeploy: {deploy_strategy: blue-green}\n", #""deploy_strategy":"blue-green""#,
      "blue-green is declared"
    ),
  ])
  func theStrategyDecides(_ spec: String, _ leaves: String, _ words: String?) async throws {
    let world = try await Self.world(
      "CREATE TABLE workload_volumes (workload_id); INSERT INTO workload_volumes VALUES ('w1')",
      config: World.config(leaves))
    try await world.push(spec)
    for tool in ["plan", "drift"] {
      let one = try await world.tool(tool, "w1")
      #expect(one.output.contains("volumes") == (words != nil), "\(one.output)")
      if let words { #expect(one.output.contains(words), "\(one.output)") }
      let other = try await world.tool(tool, "w2")
      #expect(!other.output.contains("volumes"))
      #expect(one.status == other.status)
    }
  }

  /// A snapshot holds which workloads have volumes, and nothing else of the table; one without says nothing.
  @Test func aSnapshotHoldsIt() async throws {
    let world = try await Self.world(
      "CREATE TABLE workload_volumes (workload_id, path); INSERT INTO workload_volumes VALUES ('w1', '/secret')"
    )
    let taken = try await world.tool("drift", "--all", "--snapshot", "-")
    try await expectSchema("snapshot", taken.output)
    #expect(taken.output.ranges(of: "\"has_volumes\": true").count == 1, "\(taken.output)")
    #expect(!taken.output.contains("/secret"))
    let older = taken.output.replacing("\"has_volumes\"", with: "\"of_a_later_version\"")
    for (text, isNoted) in [(taken.output, true), (older, false)] {
      let file = try world.scratch.write("live.json", text)
      for tool in ["plan", "drift"] {
        let result = try await world.tool(tool, "--all", "--live", file, "--format", "json")
        #expect(result.status == 1, "\(result)")
        #expect(result.output.ranges(of: Self.words).count == (isNoted ? 1 : 0), "\(result.output)")
      }
    }
    let wrong = try world.scratch.write(
      "live.json", taken.output.replacing("\"has_volumes\": true", with: "\"has_volumes\": 1"))
    let refused = try await world.tool("drift", "--all", "--live", wrong)
    #expect(refused.status == 2 && refused.error.contains("has_volumes is not true or false"))
  }

  /// Ids of another type than text, and a plan that was saved before the volume was there.
  @Test func numbersAndSavedPlans() async throws {
    let world = try await World()
    try await world.addWorkload("7")
    let plan = world.scratch.file("plan.json")
    _ = try await world.tool("plan", "--all", "--out", plan)
    try await world.sql(
      "CREATE TABLE workload_volumes (workload_id TEXT); INSERT INTO workload_volumes VALUES ('7')")
    let applied = try await world.tool("apply", plan)
    #expect(applied.status == 0 && applied.output.contains(Self.words), "\(applied)")
    let russian = try await world.tool("drift", "7", "--lang", "ru")
    #expect(russian.output.contains("есть тома") && russian.status == 0, "\(russian.output)")
  }
}
