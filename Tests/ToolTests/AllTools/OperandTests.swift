import TestSupport
import Testing

/// Workloads that are named without an option, saved plans among them, and words that are close to a subcommand.
@Suite(.ownTime, .hangLimit) struct OperandTests {
  private static func call(_ tool: String, _ arguments: [String], in world: World) async throws
    -> CommandResult
  {
    try await TestSupport.run(
      builtTool(tool), arguments, in: world.repository,
      environment: ["TINYFORGE_DB": world.database])
  }

  @Test(arguments: ["plan", "drift"])
  func workloadsAreNamedWithoutAnOption(_ tool: String) async throws {
    let world = try await World()
    for id in ["w1", "w2", "w3"] { try await world.addWorkload(id, name: "app-\(id)") }
    let both = try await world.tool(tool, "app-w1", "--workload", "w2", "--format", "json")
    #expect(both.status == 1, "\(both)")
    #expect(both.output.contains("\"app-w1\"") && both.output.contains("\"app-w2\""))
    #expect(!both.output.contains("\"app-w3\""))
    let all = try await world.tool(tool, "--all", "app-w1")
    #expect(all.status == 2 && all.error.contains("--all takes every workload"), "\(all)")
    for empty in [[""], ["--workload", ""]] {
      let result = try await Self.call(tool, empty, in: world)
      #expect(result.status == 2 && result.error.contains("TINYFORGE_WORKLOAD"), "\(result)")
    }
  }

  @Test func applyTakesWorkloadsAndPlans() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    try await world.addWorkload("w2", name: "api")
    let plan = world.repository + "/shop.plan"
    #expect(try await world.tool("plan", "shop", "--out", plan).status == 0)
    // A folder of a workload's name is not a plan.
    try await mustRun("mkdir", [world.repository + "/api"])
    let named = try await world.tool("apply", "api", "--yes")
    #expect(named.status == 0 && named.output.contains("applied"), "\(named)")
    let saved = try await world.tool("apply", "shop.plan")
    #expect(saved.status == 0 && saved.output.contains("applied"), "\(saved)")
    let absent = try await world.tool("apply", "other.plan")
    #expect(absent.status == 2 && absent.error.contains("saved plan"), "\(absent)")
    let mixed = try await world.tool("apply", "shop.plan", "--all")
    #expect(mixed.status == 2 && mixed.error.contains("a saved plan says which"), "\(mixed)")
  }

  /// A file and a workload of one name: nothing is done before it is said which is meant.
  @Test func aNameOfTwoThingsIsRefused() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let plan = world.repository + "/shop"
    #expect(try await world.tool("plan", "shop", "--out", plan).status == 0)
    let refused = try await world.tool("apply", "shop", "--yes")
    #expect(refused.status == 2 && refused.error.contains("is a file and also a workload"))
    for remedy in [["./shop"], ["--workload", "shop", "--yes"]] {
      #expect(
        refused.error.contains("apply " + remedy.prefix(2).joined(separator: " ")), "\(refused)")
    }
    let chosen = try await world.tool("apply", "./shop")
    #expect(chosen.status == 0 && chosen.output.contains("applied"), "\(chosen)")
    let workload = try await world.tool("apply", "--workload", "shop", "--yes")
    #expect(workload.status == 0, "\(workload)")
  }

  @Test(arguments: [
    ("apply", ["rollback", "shop"], "apply revert"), ("apply", ["histroy"], "apply history"),
    ("plan", ["dctor"], "plan doctor"), ("drift", ["merg", "a.json"], "drift merge"),
  ])
  func wordsNearASubcommand(_ tool: String, _ arguments: [String], _ hint: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let result = try await Self.call(tool, arguments, in: world)
    #expect(result.status == 2 && result.error.contains(hint), "\(result)")
    #expect(try await world.tool(tool, "sh").error.contains("did you mean") == false)
  }

  @Test func findingsAreListedAsJSON() async throws {
    let list = try await mustRun(builtTool("lint-spec"), ["--list-codes", "--format", "json"])
    try await expectSchema("codes", list)
    #expect(list.contains("\"octal-number\""))
    let near = try await run(builtTool("lint-spec"), ["--explain", "octal-numbr"])
    #expect(near.status == 2 && near.error.contains("octal-number"), "\(near)")
  }

  /// After a first sync and its revert, the log still has the sync.
  @Test func aRevertedFirstSyncIsNoMissingSync() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    #expect(try await world.tool("apply", "w1", "--yes").status == 0)
    #expect(try await world.tool("apply", "revert", "w1", "--yes").status == 0)
    let drift = try await world.tool("drift", "w1", "--format", "json")
    #expect(drift.status == 1 && !drift.output.contains("\"cause\": \"never_synced\""), "\(drift)")
    #expect(drift.output.contains("\"cause\": \"reverted\""), "\(drift)")
  }

  @Test func helpShowsTheOptions() async throws {
    for tool in ["plan", "drift", "apply"] {
      let help = try await mustRun(builtTool(tool), ["help"])
      #expect(try await help == mustRun(builtTool(tool), ["--help"]))
    }
  }
}
