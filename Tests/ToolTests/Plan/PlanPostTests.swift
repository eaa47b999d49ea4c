import TestSupport
import Testing
import TinyforgeCore

/// `plan --post` as a process: the plan of a pull request's own commit, by a snapshot of what is live.
@Suite(.ownTime, .hangLimit) struct PlanPostTests {
  /// The database is out of sight.
  private static let blind = ["TINYFORGE_DB": "", "TINYFORGE_MIRRORS": ""]

  private static func snapshot(_ job: PostJob) async throws -> String {
    let file = job.world.scratch.file("live.json")
    let taken = try await job.drift(["--all", "--snapshot", file])
    #expect(taken.status == 0, "\(taken)")
    return file
  }

  private static func preview(_ file: String, _ more: String...) -> [String] {
    ["shop", "--repo", ".", "--rev", "HEAD", "--live", file, "--post"] + more
  }

  @Test(arguments: ForgeKind.allCases)
  func aCommentsLife(_ forge: ForgeKind) async throws {
    try await PostJob.run(forge) { job async throws in
      try await job.world.addWorkload(
        "w1", name: "shop",
        config: World.config(
          #""port":8080,"healthcheck":"/healthz","deploy_strategy":"blue-green""#))
      let file = try await Self.snapshot(job)
      // The pull request changes the port; the branch in the mirror does not have that commit.
      let spec = World.spec.replacing("8080", with: "9090")
      try job.world.scratch.write("source/.tinyforge.yml", spec)
      try await git("commit", "-qam", "Change the port", in: job.world.repository)
      let first = try await job.tool("plan", Self.preview(file), Self.blind)
      #expect(first.status == 1 && first.error.contains("is now a comment on"), "\(first)")
      let body = try #require(try job.bodies.first)
      #expect(body.hasPrefix("<!-- tinyforge-plan v1 "), "\(body)")
      #expect(body.contains("🔶 A sync would change 1 of 1 workload"), "\(body)")
      let lead =
        "Once this is merged, a sync changes <code>port</code> <code>8080</code> → <code>9090</code> "
        + "of <code>shop</code>."
      #expect(body.contains(lead), "\(body)")
      #expect(body.contains("Live values from a snapshot taken at"), "\(body)")
      #expect(body.contains("[run](\(job.server.address)/"), "\(body)")
      #expect(job.summary.contains(lead))

      let second = try await job.tool("plan", Self.preview(file), Self.blind)
      #expect(second.error.contains("is up to date already"), "\(second)")
      #expect(try job.bodies == [body])
      // drift has a comment of its own, and neither tool touches the other's.
      let drift = try await job.drift(Self.preview(file), Self.blind)
      #expect(drift.status == 1 && drift.error.contains("is now a comment on"), "\(drift)")
      #expect(try job.bodies.count == 2 && job.bodies[0] == body)
      let other = try job.bodies[1]
      // Taken back: the comment turns green, and stays the only one of plan.
      try await git("revert", "-n", "HEAD", in: job.world.repository)
      try await git("commit", "-qm", "Take it back", in: job.world.repository)
      let third = try await job.tool("plan", Self.preview(file, "--lang", "ru"), Self.blind)
      #expect(third.status == 0 && third.error.contains("обновлён"), "\(third)")
      let bodies = try job.bodies
      #expect(bodies.count == 2 && bodies[1] == other)
      #expect(bodies[0].contains("✅ Синхронизация ничего не изменит"), "\(bodies)")
    }
  }

  @Test func aPlanWithoutChangesMakesNoComment() async throws {
    try await PostJob.run(.gitea, spec: "version: 1\ndeploy: {port: 3000}\n") { job async throws in
      try await job.world.addWorkload("w1", name: "shop")
      let result = try await job.tool("plan", ["--all", "--post"])
      #expect(result.status == 0 && result.error.contains("nothing to report"), "\(result)")
      #expect(try job.bodies.isEmpty)
    }
  }

  /// What cannot be planned is worth a comment: an invalid spec, a refused sync, a spec that cannot be read.
  @Test(arguments: [
    ("version: 1\ndeploy: {prot: 1}\n", "acme", 1, "unknown key"),
    ("version: 1\ndeploy: {port: 70000}\n", "acme", 1, "must be between 1 and 65535"),
    ("version: 1\n", "nobody", 2, "no clone or mirror"),
  ])
  func problemsArePosted(_ spec: String, _ owner: String, _ status: Int32, _ words: String)
    async throws
  {
    try await PostJob.run(.gitea, spec: spec) { job async throws in
      try await job.world.addWorkload(
        "w1", name: "shop", config: World.config().replacing("\"acme\"", with: "\"\(owner)\""))
      let result = try await job.tool("plan", ["--all", "--post", "--fetch", "local"])
      #expect(result.status == status && result.error.contains("is now a comment on"), "\(result)")
      let body = try #require(try job.bodies.first)
      #expect(body.contains("⚠️") && body.contains(words), "\(body)")
      #expect(!body.contains("Once this is merged"), "\(body)")
    }
  }

  @Test(arguments: ForgeKind.allCases)
  func dryRunsSendNothing(_ forge: ForgeKind) async throws {
    try await PostJob.run(forge) { job async throws in
      try await job.world.addWorkload("w1", name: "shop")
      let text = try await job.tool("plan", ["--all", "--post", "--dry-run"])
      #expect(
        text.status == 1 && text.output.contains("\nPOST \(job.server.address)/api/"), "\(text)")
      #expect(text.output.contains(#"{"body":"<!-- tinyforge-plan v1"#))
      let json = try await job.tool("plan", ["--all", "--post", "--dry-run", "--format", "json"])
      #expect(json.error.contains("POST \(job.server.address)/api/"), "\(json)")
      try await expectSchema("plan", json.output)
      #expect(try job.bodies.isEmpty && job.summary.isEmpty)
      for result in [text, json] {
        #expect(!(result.output + result.error).contains("secret-token"))
      }
    }
  }

  /// Whatever is in the way: one line says so, and the plan and the status stay.
  @Test(arguments: PostHurdle.all)
  func hurdles(_ hurdle: PostHurdle) async throws {
    let faults =
      hurdle.fault.isEmpty
      ? [] : [JSONValue.Member("faults", [.object([.init("match", "/7")] + hurdle.fault)])]
    try await PostJob.run(.gitea, settings: hurdle.settings, more: faults) { job async throws in
      try await job.world.addWorkload("w1", name: "shop")
      let result = try await job.tool("plan", ["--all", "--post"], hurdle.changes)
      #expect(result.status == 1 && result.output.contains("would change 3 of 3"), "\(result)")
      #expect(result.error.contains("not posted") && result.error.contains(hurdle.message))
      #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
      #expect(!result.error.contains("secret-token"))
      #expect(try job.bodies.isEmpty)
    }
  }

  /// A saved plan may be posted too, and the status is that of the saving.
  @Test func aSavedPlanIsPosted() async throws {
    try await PostJob.run(.github) { job async throws in
      try await job.world.addWorkload("w1", name: "shop")
      let file = job.world.scratch.file("shop.plan")
      let result = try await job.tool("plan", ["shop", "--out", file, "--post"])
      #expect(result.status == 0 && result.error.contains("is now a comment on"), "\(result)")
      #expect(try job.bodies.count == 1 && !readFile(file).isEmpty)
    }
  }

  /// The token of the comment is not shown to another forge that specs are read from.
  @Test func theCommentsTokenStaysWithItsForge() async throws {
    try await PostJob.run(.github) { job async throws in
      try await ForgeServer.run(#"{"forge": "gitea", "repositories": {}}"#) { server async throws in
        try await job.world.addWorkload(
          "w1",
          config: World.config(name: "gone").replacing(
            "https://git.example.org", with: server.address))
        #expect(try await job.tool("plan", ["--all", "--post"]).status == 2)
        let asked = try server.log()
        #expect(!asked.isEmpty)
        let isShown = asked.contains { $0.headers.values.contains { $0.contains("secret-token") } }
        #expect(!isShown)
        #expect(try job.bodies.count == 1)
      }
    }
  }

  @Test(arguments: [
    ["--all", "--post-name", "x"], ["--all", "--dry-run"], ["--all", "--post-as", "x"],
    ["--all", "--post-to", "https://github.com/a/b/pull/1"],
    ["--all", "--post", "--post-to", "https://github.com/a/b/issues/1"],
  ])
  func usage(_ arguments: [String]) async throws {
    let world = try await World()
    let result = try await run(
      builtTool("plan"), arguments, environment: ["TINYFORGE_DB": world.database])
    #expect(result.status == 2 && result.output.isEmpty, "\(result)")
  }
}
