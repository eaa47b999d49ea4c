import TestSupport
import Testing
import TinyforgeCore

/// The pipelines of `ci/pipelines` and the action, played as their forges run them: the steps are
/// taken from the files, and run the built tools in a real repository.
@Suite(.ownTime, .hangLimit) struct PipelineTests {
  /// A runner: a workspace, and a store that holds the repository, caches and artifacts.
  struct Runner {
    let world: World
    let forge: String
    private let bin: String

    init(_ forge: String, spec: String = World.spec, hasTools: Bool = true) async throws {
      self.forge = forge
      world = try await World(spec: spec)
      bin = try world.scratch.folder("bin")
      for tool in hasTools ? ["lint-spec", "plan", "drift"] : [] {
        try await mustRun("ln", ["-s", builtTool(tool), "\(bin)/\(tool)"])
      }
      try world.scratch.folder("store")
      try await mustRun("cp", ["-r", world.repository, world.scratch.file("store/repository")])
    }

    /// Plays a job in a fresh workspace of that name; status 77: its condition leaves it out.
    func play(
      _ pipeline: String, _ job: String, event: String, environment: [String: String] = [:],
      context: [String] = [], in workspace: String = "workspace", options: [String] = []
    ) async throws -> CommandResult {
      let folder = try world.scratch.folder(workspace)
      var variables = [
        "PATH": "\(bin):/usr/local/bin:/usr/bin:/bin", "HOME": world.scratch.path,
        "TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors,
        "TINYFORGE_WORKLOAD": "shop",
      ]
      if forge == "gitlab" { variables["CI_PIPELINE_SOURCE"] = event }
      variables.merge(environment) { $1 }
      var values = ["vars.TINYFORGE_WORKLOAD=shop"] + context
      // What a forge has as secrets and variables of the repository.
      if let secret = environment["PLAYED_SECRET"] {
        values += ["secrets.TINYFORGE_NOTIFY_URL=\(secret)", "vars.TINYFORGE_NOTIFY_FORMAT=json"]
      }
      return try await run(
        projectFile(".build/peers/bin/python3"),
        [
          projectFile("Tests/Peers/play-pipeline.py"), forge,
          pipeline.hasPrefix("/") ? pipeline : projectFile("ci/pipelines/\(forge)/\(pipeline).yml"),
          job, "--event", event,
          "--workspace", folder, "--store", world.scratch.file("store"),
        ] + options + values.flatMap { ["--context", $0] }, environment: variables)
    }
  }

  /// What each forge calls its events.
  static let events = [
    ("github", "pull_request", "schedule", "lint"), ("gitea", "pull_request", "schedule", "lint"),
    ("gitlab", "merge_request_event", "schedule", "lint-spec"),
  ]

  @Test(arguments: events)
  func lint(_ forge: String, _ event: String, _ other: String, _ job: String) async throws {
    let good = try await Runner(forge)
    let passed = try await good.play("repository", job, event: event)
    #expect(passed.status == 0, "\(passed)")
    #expect(try await good.play("repository", job, event: other, in: "w2").status == 77)
    let bad = try await Runner(forge, spec: "version: 1\ndeploy:\n  prot: 8080\n")
    let failed = try await bad.play("repository", job, event: event)
    #expect(failed.status == 1 && failed.output.contains("unknown key"), "\(failed)")
  }

  /// Every night where the database is, and on a pull request where it is not: the comment is there.
  @Test(arguments: events)
  func nightlyAndPreview(_ forge: String, _ event: String, _ schedule: String, _: String)
    async throws
  {
    let runner = try await Runner(forge)
    try await runner.world.addWorkload("w1", name: "shop")
    let kind = try #require(ForgeKind(rawValue: forge))
    let preview = forge == "gitlab" ? "plan" : "preview"
    let dump = runner.world.scratch.file("comments.json")
    let config = """
      {"forge": "\(forge)", "prefix": "\(forge == "github" ? "/api/v3" : "")", "comments":
       {"tokens": {"secret-token": "job:bot"}, "dump": "\(dump)"}, "issues": {}}
      """
    try await ForgeServer.run(config) { server in
      // The database is out of sight here.
      let environment = PostJob.environment(kind, server.address).merging([
        "TINYFORGE_DB": "", "TINYFORGE_MIRRORS": "", "TINYFORGE_ALLOW_NETWORK": "127.0.0.0/8",
        "RUNNER_JOB_TOKEN": "secret-token",
        "TINYFORGE_TOKEN": forge == "gitlab" ? "secret-token" : "",
      ]) { $1 }
      // A pull request may hold a file of that name, which says nothing of what is live.
      for (name, command) in [
        ("none", "true"), ("file", "echo '{}' >tinyforge-live.json"),
        ("link", "ln -sf /etc/passwd tinyforge-live.json"),
        ("folder", "mkdir tinyforge-live.json && touch tinyforge-live.json/x"),
      ] {
        try await mustRun(
          "sh", ["-ec", "rm -rf tinyforge-live.json; \(command)"],
          in: runner.world.scratch.file("store/repository"))
        let early = try await runner.play(
          "repository", preview, event: event, environment: environment, in: "early-\(name)")
        #expect(early.status == 0 && early.output.contains("no live values yet"), "\(early)")
      }
      try await mustRun(
        "rm", ["-r", runner.world.scratch.file("store/repository/tinyforge-live.json")])

      let own = environment.merging([
        "TINYFORGE_DB": runner.world.database, "TINYFORGE_MIRRORS": runner.world.mirrors,
      ]) { $1 }
      let nightly = try await runner.play(
        "repository", "drift", event: schedule, environment: own, in: "nightly")
      // On the pull request, once more with a file of its own.
      try await mustRun(
        "sh", ["-c", "echo '{}' >tinyforge-live.json"],
        in: runner.world.scratch.file("store/repository"))
      #expect(nightly.status == 1 && nightly.output.contains("drift in 3 of 3"), "\(nightly)")
      #expect(nightly.error.contains("the report is now issue acme/shop#1"), "\(nightly)")
      for round in ["first", "second"] {
        let seen = try await runner.play(
          "repository", preview, event: event, environment: environment, in: round)
        #expect(seen.status == 0 && seen.output.contains("would change 3 of 3"), "\(seen)")
        let words = round == "first" ? "is now a comment on" : "is up to date already"
        #expect(seen.error.contains(words), "\(seen.error)")
      }
      let comments = String(decoding: try readFile(dump), as: UTF8.self)
      #expect(comments.contains("tinyforge-plan v1") && !comments.contains("tinyforge-drift v1"))
    }
  }

  /// The environment of a job of the matrix of four; Gitea counts from 0.
  static func place(_ shard: Int, _ forge: String) -> [String] {
    [
      "matrix.shard=\(forge == "gitea" ? shard - 1 : shard)", "strategy.job-index=\(shard - 1)",
      "strategy.job-total=4",
    ]
  }

  /// Four shards in workspaces of their own, and the job that joins what they hand over.
  @Test(arguments: events)
  func fleet(_ forge: String, _: String, _ schedule: String, _: String) async throws {
    let runner = try await Runner(forge)
    for index in 0..<12 {
      try await runner.world.addWorkload(
        "w\(index)", name: "shop-\(index)",
        config: World.config(name: index == 5 ? "gone" : "shop").replacing(
          "git.example.org", with: "127.0.0.1:1"))
    }
    for shard in 1...4 {
      let part = try await runner.play(
        "fleet", "drift", event: schedule, environment: ["CI_NODE_INDEX": "\(shard)"],
        context: Self.place(shard, forge), in: "shard-\(shard)")
      #expect(part.status == 0, "\(part)")
    }
    let report = try await runner.play("fleet", "report", event: schedule, in: "report")
    // One of the repositories could not be read.
    #expect(report.status == 2 && report.output.contains("11 drifted"), "\(report)")
    let page = try await mustRun(
      "sh", ["-c", "cat \(runner.world.scratch.file("store"))/artifact-report*/drift.html"])
    #expect(page.contains("shop-11") && page.hasPrefix("<!"))
  }

  /// Four servers with the same ids, each with a job of its own, and one report; of a server that could not be looked at
  /// the report says that it is missing.
  @Test(arguments: events, [nil, "nyc"])
  func servers(_ event: (String, String, String, String), _ lost: String?) async throws {
    let (forge, schedule) = (event.0, event.2)
    let runner = try await Runner(forge)
    for index in 0..<2 { try await runner.world.addWorkload("w\(index)", name: "shop-\(index)") }
    for (index, server) in ["ams", "fra", "nyc", "sin"].enumerated() {
      var environment = ["CI_NODE_INDEX": "\(index + 1)", "SERVER": server]
      if server == lost { environment["TINYFORGE_DB"] = "/nonexistent/tinyforge.db" }
      let part = try await runner.play(
        "servers", "drift", event: schedule, environment: environment,
        context: ["matrix.server=\(server)"], in: server)
      #expect((part.status == 0) == (server != lost), "\(part)")
    }
    let report = try await runner.play("servers", "report", event: schedule, in: "report")
    let page = String(
      decoding: try readFile(runner.world.scratch.file("report/drift.html")), as: UTF8.self)
    #expect(page.contains("ams/shop-1") && page.contains("sin/shop-0"))
    if lost == nil {
      #expect(report.status == 1 && report.output.contains("8 drifted"), "\(report)")
    } else {
      #expect(report.status == 2 && report.output.contains("6 drifted"), "\(report)")
      #expect(report.error.contains("drift-") && report.error.contains("nyc.json"), "\(report)")
      #expect(page.contains("1 report is incomplete</h1>"))
    }
  }

  /// A shard that cannot look fails its own step and hands nothing over.
  ///
  /// The report names it, and is of the others. Where none could look, no page is left, whatever an earlier run left in
  /// the runner's folder.
  @Test(arguments: events)
  func aShardWithoutItsDatabase(_ forge: String, _: String, _ schedule: String, _: String)
    async throws
  {
    for lost in [[2], [1, 2, 3, 4]] {
      let runner = try await Runner(forge)
      for index in 0..<8 { try await runner.world.addWorkload("w\(index)", name: "shop-\(index)") }
      let report = try runner.world.scratch.folder("report")
      try runner.world.scratch.write("report/drift-9.json", "{}")
      try runner.world.scratch.write("report/drift.html", "old")
      for shard in 1...4 {
        var environment = ["CI_NODE_INDEX": "\(shard)"]
        if lost.contains(shard) { environment["TINYFORGE_DB"] = "/nonexistent/tinyforge.db" }
        let part = try await runner.play(
          "fleet", "drift", event: schedule, environment: environment,
          context: Self.place(shard, forge), in: "shard-\(shard)")
        #expect((part.status == 0) != lost.contains(shard), "\(part)")
      }
      let result = try await runner.play("fleet", "report", event: schedule, in: "report")
      #expect(result.status != 0, "\(result)")
      let page = try? readFile("\(report)/drift.html")
      if lost.count == 1 {
        #expect(result.error.contains("shard 2 of 4 is missing"), "\(result)")
        #expect(page.map { String(decoding: $0, as: UTF8.self).hasPrefix("<!doctype") } == true)
      } else {
        #expect(page == nil, "no page is better than an empty or an old one")
      }
    }
  }
}
