import TestSupport
import Testing
import TinyforgeCore

/// `plan --live`: the plan by a snapshot is the plan by the database that it was taken of.
@Suite(.ownTime, .hangLimit) struct PlanLiveTests {
  private static func snapshot(_ world: World, _ selection: String = "--all") async throws -> String
  {
    let file = world.scratch.file("live.json")
    let taken = try await world.tool("drift", selection, "--snapshot", file)
    #expect(taken.status == 0, "\(taken.error)")
    return file
  }

  /// The tool where no database is named.
  private static func plan(_ world: World, _ arguments: [String]) async throws -> CommandResult {
    try await run(
      builtTool("plan"), arguments, in: world.repository,
      environment: ["TINYFORGE_MIRRORS": world.mirrors])
  }

  /// A fleet with a change, a refused change, a value in sync, and a repository that is not there.
  private static func fleet() async throws -> World {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    try await world.addWorkload(
      "w2", name: "docs", source: "static",
      config: World.config(#""deploy_strategy":"blue-green","access_token":"c0ffee00c0ffee00""#))
    try await world.addWorkload("w3", name: "gone", config: World.config(name: "gone"))
    try await world.addWorkload("w4", name: "odd", config: World.config(#""port":"3000""#))
    return world
  }

  /// The document without the keys that say that the values are a snapshot's.
  private static func withoutSnapshot(_ text: String) -> String {
    text.replacing(
      /\n*(Live values from a snapshot taken at |  "snapshot_taken_at": ")[^\n]*/, with: "")
  }

  @Test(arguments: ["text", "json", "markdown"])
  func thePlanIsTheSame(_ format: String) async throws {
    let world = try await Self.fleet()
    let file = try await Self.snapshot(world)
    for selection in [["--all", "--fetch", "local"], ["shop"], ["docs"], ["odd"]] {
      let options = selection + ["--format", format]
      let live = try await Self.plan(world, options + ["--live", file])
      let database = try await world.tool("plan", arguments: options)
      #expect(
        Self.withoutSnapshot(live.output) == Self.withoutSnapshot(database.output), "\(live)")
      #expect(live.status == database.status)
      #expect(live.output != database.output, "where the values are from is told")
      #expect(live.error.contains("note: the live values are from \(file), taken at "))
      if format == "json" { try await expectSchema("plan", live.output) }
    }
    #expect(try await Self.plan(world, ["--all", "--live", file]).status == 2)
  }

  /// A pull request's commit against the snapshot of what is live.
  @Test func theCommitIsThatOfTheRepository() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let file = try await Self.snapshot(world)
    try world.scratch.write("source/.tinyforge.yml", "version: 1\ndeploy: {port: 7000}\n")
    try await git("commit", "-qam", "Change the port", in: world.repository)
    let result = try await Self.plan(
      world, ["shop", "--repo", ".", "--rev", "HEAD", "--live", file, "--format", "markdown"])
    #expect(result.status == 1 && result.output.contains("7000"), "\(result)")
  }

  /// What the snapshot leaves out is not planned, and that is said; whether the whole is valid is not known then.
  @Test(arguments: [("/healthz", 0, "null"), ("no path", 1, "false")])
  func withheldValuesAreNoted(_ declared: String, _ status: Int32, _ validity: String)
    async throws
  {
    let world = try await World(
      spec: "version: 1\ndeploy:\n  port: 8080\n  healthcheck: \(declared)\n")
    let token = "ghp_" + String(repeating: "a1B2", count: 9)
    try await world.addWorkload(
      "w1", config: World.config(#""port":8080,"healthcheck":"/\#(token)""#))
    let file = try await Self.snapshot(world)
    let text = try await Self.plan(world, ["w1", "--live", file])
    #expect(text.status == status && text.output.contains("healthcheck is not compared"), "\(text)")
    #expect(text.output.contains("healthcheck must be") == (status == 1), "\(text)")
    let json = try await Self.plan(world, ["w1", "--live", file, "--format", "json"])
    #expect(json.output.contains("\"merged_valid\": \(validity)"), "\(json)")
    #expect(!(json.output + text.output).contains("ghp_"))
    try await expectSchema("plan", json.output)
    let russian = try await Self.plan(world, ["w1", "--live", file, "--lang", "ru"])
    #expect(russian.output.contains("healthcheck не сравнивается"), "\(russian)")
  }

  @Test(arguments: [
    (["--all", "--live", "gone.json"], "gone.json"),
    (["--all", "--live", ".tinyforge.yml"], ".tinyforge.yml"),
    (["--all", "--live", ""], "the name of the snapshot after --live is empty"),
    (["nobody", "--live", "live.json"], "there is no workload \"nobody\" in the snapshot"),
    (["--all", "--live", "live.json", "--out", "p.plan"], "--live and --out exclude each other"),
    (["--live", "live.json"], "no workload is named"),
    (
      ["export", "nobody", "--live", "live.json"], "there is no workload \"nobody\" in the snapshot"
    ),
    (["export", "--all", "--into", "x", "--live", "gone.json"], "gone.json"),
  ])
  func whatCannotBeUsedIsRefused(_ arguments: [String], _ words: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await mustRun("cp", [try await Self.snapshot(world), "\(world.repository)/live.json"])
    let result = try await Self.plan(world, arguments)
    #expect(result.status == 2 && result.error.contains(words), "\(result)")
    #expect(result.output.isEmpty)
  }

  // MARK: Exports

  @Test func aSpecIsExportedFromASnapshot() async throws {
    let world = try await World()
    try await world.addWorkload(
      "w1", name: "shop", config: World.config(#""port":4000,"healthcheck":"/up""#))
    let file = try await Self.snapshot(world)
    let printed = try await Self.plan(world, ["export", "shop", "--live", file])
    #expect(printed.output == (try await world.tool("plan", "export", "shop")).output, "\(printed)")
    #expect(printed.error.contains("the live values are from \(file)"), "\(printed)")
    let into = world.scratch.file("specs")
    let all = try await Self.plan(world, ["export", "--all", "--into", into, "--live", file])
    #expect(all.status == 0, "\(all)")
    #expect(try readFile("\(into)/acme/shop/.tinyforge.yml") == Array(printed.output.utf8))
    let updated = try await Self.plan(world, ["export", "shop", "--repo", ".", "--live", file])
    #expect(updated.status == 0 && updated.output.contains("port 8080 → 4000"), "\(updated)")
  }

  /// A withheld value is left out with a note, and never taken for one that is not set.
  @Test func whatASnapshotWithholdsIsNotExported() async throws {
    let world = try await World()
    let token = "ghp_" + String(repeating: "a1B2", count: 9)
    try await world.addWorkload(
      "w1", config: World.config(#""port":8080,"healthcheck":"/\#(token)""#))
    let file = try await Self.snapshot(world)
    let printed = try await Self.plan(world, ["export", "w1", "--live", file])
    #expect(printed.output == "version: 1\ndeploy:\n  port: 8080\n", "\(printed)")
    #expect(printed.error.contains("healthcheck looks like a credential"), "\(printed)")
    let before = try readFile("\(world.repository)/.tinyforge.yml")
    let updated = try await Self.plan(world, ["export", "w1", "--repo", ".", "--live", file])
    #expect(updated.status == 1 && updated.error.contains(":4:16"), "\(updated)")
    #expect(try readFile("\(world.repository)/.tinyforge.yml") == before)
  }
}
