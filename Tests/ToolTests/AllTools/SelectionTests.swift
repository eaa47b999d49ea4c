import TestSupport
import Testing
import TinyforgeCore

/// Selections without a workload, saved plans in a chain of commands, and what would be refused.
@Suite(.ownTime, .hangLimit) struct SelectionTests {
  @Test(arguments: [
    ("plan", ["--all"]), ("drift", ["--all"]), ("apply", ["--all", "--yes"]),
    ("apply", ["--all", "--dry-run"]),
  ]) func noWorkloadIsAnErrorUnlessAllowed(_ tool: String, _ arguments: [String]) async throws {
    let world = try await World()
    let environment = ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors]
    let refused = try await run(builtTool(tool), arguments, environment: environment)
    #expect(refused.status == 2)
    #expect(refused.error.contains("no workload is opted in"), "\(refused)")
    let allowed = try await run(
      builtTool(tool), arguments + ["--allow-empty"], environment: environment)
    #expect(allowed.status == 0, "\(allowed)")
  }

  /// A pattern that fits nothing is a mistake; a shard that got no workload is none.
  @Test func anEmptyShardIsNoMistake() async throws {
    let world = try await World(spec: "version: 1\n")
    try await world.addWorkload("w1")
    var statuses: [Int] = []
    for shard in ["1/2", "2/2"] {
      statuses.append(try await world.tool("drift", "--all", "--shard", shard).status)
    }
    #expect(statuses == [0, 0])
    let missed = try await world.tool("drift", "--all", "--name", "nobody")
    #expect(missed.status == 2 && missed.error.contains("no workload matches"), "\(missed)")
  }

  @Test func aPlanIsSavedAndApplied() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let result = try await run(
      "sh",
      [
        "-c", "\"$1\" --all --out plan.json && \"$2\" plan.json", "sh", builtTool("plan"),
        builtTool("apply"),
      ], in: world.scratch.path,
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    #expect(result.status == 0, "\(result)")
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "1")
  }

  /// One config that a merge cannot make valid among one that it can.
  @Test func whatIsRefusedIsCountedAsThat() async throws {
    let world = try await World(spec: "version: 1\ndeploy: {port: 8080}\n")
    try await world.addWorkload("w1")
    try await world.addWorkload(
      "w2", config: World.config(#""port":3000,"deploy_strategy":"nonsense""#))
    for (tool, options) in [("plan", []), ("apply", ["--dry-run"])] as [(String, [String])] {
      let environment = ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors]
      let text = try await run(
        builtTool(tool), ["--all"] + options, environment: environment)
      #expect(text.output.contains("2 workloads: 1 refused, 1 to change"), "\(text)")
      let json = try await run(
        builtTool(tool), ["--all", "--format", "json"] + options, environment: environment)
      #expect(json.status == 1)
      #expect(json.output.contains(#""refused": 1"#), "\(json)")
      try await expectSchema(tool, json.output)
    }
    let atomic = try await world.tool(
      "apply", "--all", "--dry-run", "--atomic", "--format", "json")
    let results = try ToldWorkload.all(atomic).mapValues { $0.json["result"]?.text }
    #expect(results == ["w1": "refused", "w2": "refused"], "\(atomic)")
    #expect(atomic.output.contains("all of it is applied or nothing"))
  }
}
