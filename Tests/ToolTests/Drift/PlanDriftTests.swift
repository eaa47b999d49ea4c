import TestSupport
import Testing

@Suite(.ownTime, .hangLimit) struct PlanDriftTests {
  @Test func driftNamesFieldRepoAndLive() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let result = try await world.tool("drift", "--all")
    #expect(result.status == 1 && result.error.isEmpty)
    #expect(result.output.contains("shop (w1) dockerfile: drift in 3 of 3 managed fields"))
    #expect(result.output.contains("port             spec 8080, live 3000  (.tinyforge.yml:3:9)"))
    #expect(result.output.contains("healthcheck      spec /healthz, live (unset)"))
    #expect(result.output.hasSuffix("1 workload: 1 drifted\n"))
  }

  @Test func planNamesFromAndTo() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let result = try await world.tool("plan", "--workload", "w1")
    #expect(result.status == 1)
    #expect(result.output.contains("port             3000 → 8080"))
    #expect(result.output.contains("1 to change"))
  }

  @Test func markdownForComments() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop @all")
    let plan = try await world.tool("plan", "--all", "--format", "markdown")
    #expect(plan.output.hasPrefix("### 🔶 A sync would change 1 of 1 workload\n"))
    #expect(plan.output.contains("| <code>port</code> [<code>3&#58;9</code>]("))
    #expect(plan.output.contains(") | <code>3000</code> | <code>8080</code> |"))
    let drift = try await world.tool("drift", "--all", "--format", "markdown", "--lang", "ru")
    #expect(drift.output.hasPrefix("### 🔶 Расхождения: 1 из 1 рабочей нагрузки\n"))
    #expect(!drift.output.contains("@all"))
    try await world.addWorkload("w2", config: World.config(#""port":70000"#, name: "gone"))
    let broken = try await world.tool("plan", "--all", "--format", "markdown", "--lang", "en")
    #expect(
      broken.output.hasPrefix("### ⚠️ A sync would change 1 of 2 workloads; 1 could not be read\n"))
    #expect(broken.output.contains("no clone or mirror of <code>acme/gone</code>"))
  }

  @Test func nothingIsWritten() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let before = try await world.sql(".dump")
    _ = try await world.tool("plan", "--all")
    _ = try await world.tool("drift", "--all")
    #expect(try await world.sql(".dump") == before)
  }

  @Test func noDriftIsClean() async throws {
    let world = try await World(
      spec: "version: 1\ndeploy: {port: 3000, deploy_strategy: recreate}\n")
    try await world.addWorkload("w1", config: World.config(#""port":3000.0,"healthcheck":"/x""#))
    for tool in ["plan", "drift"] {
      let result = try await world.tool(tool, "--all")
      #expect(result.status == 0, "\(result.output)")
    }
  }

  /// What a workload is like, its status, and drift's exit status.
  @Test(arguments: [
    ("version: 1\n", "static", true, ".tinyforge.yml", "ok", 0),
    ("version: 2\n", "dockerfile", true, ".tinyforge.yml", "invalid", 1),
    ("version: 1\n", "dockerfile", true, "absent.yml", "no_file", 1),
    ("version: 1\n", "dockerfile", false, ".tinyforge.yml", "disabled", 0),
    ("version: 1\n", "image", true, ".tinyforge.yml", "ineligible", 0),
    ("version: 1\n", "compose", true, ".tinyforge.yml", "ineligible", 0),
    ("version: 1\n", "dockerfile", true, "../x", "fetch_failed", 2),
  ])
  func statuses(
    _ spec: String, _ source: String, _ enabled: Bool, _ path: String, _ status: String, _ exit: Int
  ) async throws {
    let world = try await World(spec: spec)
    try await world.addWorkload("w1", source: source, enabled: enabled, path: path)
    for tool in ["plan", "drift"] {
      let result = try await world.tool(tool, "--workload", "w1", "--format", "json")
      #expect(result.status == exit, "\(result.output)")
      #expect(result.output.contains("\"status\": \"\(status)\""))
      try await expectSchema(tool, result.output)
    }
  }

  @Test func allTakesOptedInEligibleRowsAlone() async throws {
    let world = try await World()
    try await world.addWorkload("on")
    try await world.addWorkload("off", enabled: false)
    try await world.addWorkload("image", source: "image")
    try await world.addWorkload("legacy", source: "")
    let result = try await world.tool("drift", "--all", "--format", "json")
    #expect(result.output.contains("\"id\": \"on\""))
    #expect(result.output.contains("\"workloads\": 1,"))
    let legacy = try await world.tool("drift", "--workload", "legacy")
    #expect(legacy.status == 2 && legacy.error.contains("there is no workload"))
  }

  @Test func anAmbiguousNameListsTheIds() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    try await world.addWorkload("w2", name: "shop")
    let result = try await world.tool("plan", "--workload", "shop")
    #expect(result.status == 2 && result.error.contains("w1, w2"))
  }

  @Test func oneUnreadableWorkloadDoesNotStopTheRest() async throws {
    let world = try await World()
    try await world.addWorkload("a-broken", config: World.config(name: "gone"))
    try await world.addWorkload("b-odd", config: #"{"port":1,"port":2}"#)
    try await world.addWorkload("c-good")
    let result = try await world.tool("drift", "--all", "--format", "json")
    #expect(result.status == 2)
    #expect(result.output.contains("no clone or mirror of acme/gone"))
    #expect(result.output.contains("appears twice"))
    #expect(result.output.contains("\"drifted\": 1"))
    try await expectSchema("drift", result.output)
  }

  @Test func repoAndRevNameOtherPlaces() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await git("tag", "-a", "v1", "-m", "one", in: world.repository)
    try await world.push("version: 1\ndeploy: {port: 3000}\n")
    let result = try await world.tool(
      "drift", "--workload", "w1", "--repo", world.repository, "--rev", "v1", "--format", "json")
    #expect(
      result.status == 1 && result.output.contains("\"raw\": \"version: 1\\ndeploy:\\n  port"))
    #expect(try await world.tool("drift", "--workload", "w1").status == 0)
  }

  @Test(arguments: [
    [], ["--all", "--workload", "w1"], ["--all", "--repo", "."], ["--all", "--jobs", "0"],
    ["--all", "--db", "/nonexistent.db"], ["--all", "--db", "/"], ["--all", "--db", "/etc/passwd"],
    ["--all", "--db", "postgres://u:hunter2@h/d"], ["--all", "--format", "xml"],
  ])
  func usageAndBrokenDatabasesAreTwo(_ arguments: [String]) async throws {
    let world = try await World()
    let result = try await run(
      builtTool("drift"), arguments, environment: ["TINYFORGE_DB": world.database])
    #expect(result.status == 2 && result.output.isEmpty && !result.error.isEmpty)
    #expect(!result.error.contains("hunter2"))
  }
}

/// The forms of drift that pipelines read, from the built tool.
@Suite(.ownTime, .hangLimit) struct DriftPipelineTests {
  @Test func annotationsAndTheSummaryOfTheStep() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let summary = world.scratch.file("summary.md")
    let result = try await world.tool(
      "drift", "--all", "--format", "github", environment: ["GITHUB_STEP_SUMMARY": summary])
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("::warning file=.tinyforge.yml,line=3,endLine=3,col=9,"))
    let page = String(decoding: try readFile(summary), as: UTF8.self)
    #expect(page.hasPrefix("### 🔶 Drift in 1 of 1 workload\n"))
  }

  /// Each form is the one that is asked for, and nothing else is on standard output.
  @Test(arguments: [
    ("gitlab", "[\n"), ("sarif", "{\n  \"$schema\""), ("junit", "<?xml"), ("prometheus", "# HELP"),
    ("markdown", "### "), ("html", "<!doctype html>"), ("json", "{\n  \"schema\""),
  ])
  func forms(_ form: String, _ start: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let result = try await world.tool("drift", "--all", "--format", form)
    #expect(result.status == 1 && result.output.hasPrefix(start) && result.error.isEmpty)
  }
}
