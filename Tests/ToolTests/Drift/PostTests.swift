import TestSupport
import Testing
import TinyforgeCore

/// `drift --post` as a process, in the environments of the three forges, against their loopback twins.
@Suite(.ownTime, .hangLimit) struct PostTests {
  private static func withoutTimes(_ text: String) -> String {
    text.replacing(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "TIME")
  }

  @Test(arguments: ForgeKind.allCases)
  func aCommentsLife(_ forge: ForgeKind) async throws {
    try await PostJob.run(forge) { job async throws in
      try await job.world.addWorkload("w1", name: "shop")
      let plain = try await job.drift(["--all", "--format", "json"])
      let first = try await job.drift(["--all", "--format", "json", "--post"])
      #expect(first.status == 1 && plain.status == 1)
      #expect(Self.withoutTimes(first.output) == Self.withoutTimes(plain.output))
      #expect(first.error.contains("is now a comment on"), "\(first.error)")
      let body = try #require(try job.bodies.first)
      #expect(body.contains("🔶") && body.contains("<code>shop</code>") && body.contains("8080"))
      #expect(body.contains("<sub>Looked at <code>20"), "\(body)")
      let page = forge == .gitlab ? "/job/1" : "/acme/shop/actions/runs/\(forge == .github ? 9 : 2)"
      #expect(body.contains("[run](\(job.server.address)\(page))"), "\(body)")

      let second = try await job.drift(["--all", "--post"])
      #expect(second.status == 1 && second.error.contains("is up to date already"))
      #expect(try job.bodies == [body])
      try await job.world.sql(
        "UPDATE workloads SET source_config = \(Self.inSync) WHERE id = 'w1'")
      let third = try await job.drift(["--all", "--post", "--lang", "ru"])
      #expect(third.status == 0 && third.error.contains("обновлён"), "\(third)")
      let green = try #require(try job.bodies.first)
      #expect(try job.bodies.count == 1 && green.contains("✅") && green.contains("Проверено"))
      #expect(job.summary.contains("🔶") && job.summary.contains("✅"))
    }
  }

  private static let inSync =
    "'" + World.config(#""port":8080,"healthcheck":"/healthz","deploy_strategy":"blue-green""#)
    + "'"

  @Test func nothingToTellMakesNoComment() async throws {
    try await PostJob.run(.gitea, spec: "version: 1\ndeploy: {port: 3000}\n") { job async throws in
      try await job.world.addWorkload("w1")
      let result = try await job.drift(["--all", "--post"])
      #expect(result.status == 0 && result.error.contains("nothing to report"))
      #expect(try job.bodies.isEmpty)
    }
  }

  @Test(arguments: ForgeKind.allCases)
  func twoProcessesAtOnceLeaveOneComment(_ forge: ForgeKind) async throws {
    try await PostJob.run(forge, settings: [.init("barrier", 2)]) { job async throws in
      try await job.world.addWorkload("w1")
      async let left = job.drift(["--all", "--post"])
      async let right = job.drift(["--all", "--post"])
      let results = try await [left, right]
      #expect(results.allSatisfy { $0.status == 1 }, "\(results)")
      #expect(try job.bodies.count == 1)
      let posts = try job.server.log().count {
        $0.method == "POST" && !$0.target.hasSuffix("/graphql")
      }
      #expect(posts == 2)
    }
  }

  /// Names and values that would be Markdown, a mention, a reference, a marker or a command.
  @Test(arguments: ForgeKind.allCases, ["drift", "plan"])
  func hostileTextIsNoMarkup(_ forge: ForgeKind, _ tool: String) async throws {
    let hostile = [
      "@everyone", "#1", "!1", "acme/shop#1", "<!-- tinyforge-\(tool) v1 pipeline= name= -->",
      "<!-- tinyforge-\(tool) run -->", "::error::x", "##[error]x", "/merge", "`a`", "| b |",
      "**c**",
      "[d](https://evil.example)", "<img src=x>", "https://evil.example", "www.evil.example",
      "</code>@root", "\n/close\n", "a\r::add-mask::x",
    ]
    try await PostJob.run(forge, spec: "version: 1\ndeploy: {healthcheck: /merge}\n") {
      job async throws in
      for (index, text) in hostile.enumerated() {
        try await job.world.addWorkload(
          "w\(index)", name: text,
          config: World.config(
            #""healthcheck":"# + JSONWriter.compact(.string("\(text)\n/close \(text)"))))
      }
      let options = ["--all", "--post", "--post-name", "@all --> <!--"]
      let result = try await job.tool(tool, options)
      #expect(result.status == 1)
      #expect(!result.error.split(separator: "\n").contains { $0.hasPrefix("::") })
      let body = try #require(try job.bodies.first)
      // The two markers, and no third comment of HTML.
      #expect(body.ranges(of: "<!--").count == 2 && body.ranges(of: "-->").count == 2)
      #expect(!body.split(separator: "\n").contains { $0.trimmed.hasPrefix("/") })
      #expect(!body.contains("##["))
      // After the markers, text of others is in code, where forges look for nothing.
      let outside = body.replacing(/<code>[^\n]*?<\/code>/, with: "").replacing(
        /<!--[^\n]*?-->/, with: "")
      for word in ["everyone", "root", "merge", "evil", "close", "img", "mask", "acme/shop#"] {
        #expect(!outside.contains(word), "\(word): \(outside)")
      }
      #expect(!body.replacing("<b></b>&#64;<b></b>", with: "").contains("@"))
      // Its own comment it finds again all the same.
      let again = try await job.tool(tool, options)
      #expect(again.error.contains("is up to date already"))
      #expect(try job.bodies.count == 1)
    }
  }

  /// What would be sent is shown without a forge as well: offline, or where a firewall is in between.
  @Test(arguments: ForgeKind.allCases, ["127.0.0.0/8", ""])
  func dryRunsNeedNoForge(_ forge: ForgeKind, _ networks: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    // Nobody listens there, or it may not be asked.
    let address = "http://127.0.0.1:1"
    let variables = PostJob.environment(forge, address).merging([
      "TINYFORGE_TOKEN": "secret-token-1", "TINYFORGE_ALLOW_NETWORK": networks,
    ]) { $1 }
    let result = try await world.tool(
      "drift", "--all", "--post", "--dry-run", environment: variables)
    #expect(result.status == 1 && result.output.contains("\nPOST \(address)/api/"), "\(result)")
    #expect(result.output.contains(#"{"body":"<!-- tinyforge-drift v1"#))
    #expect(result.error.contains("the forge cannot be asked") && !result.error.contains("secret"))
  }

  @Test(arguments: ForgeKind.allCases)
  func dryRunsSendNothing(_ forge: ForgeKind) async throws {
    try await PostJob.run(forge) { job async throws in
      try await job.world.addWorkload("w1", name: "shop")
      let text = try await job.drift(["--all", "--post", "--dry-run"])
      #expect(text.status == 1 && text.output.contains("\nPOST \(job.server.address)/api/"))
      #expect(text.output.contains(#"{"body":"<!-- tinyforge-drift v1"#))
      let json = try await job.drift(["--all", "--post", "--dry-run", "--format", "json"])
      #expect(json.error.contains("POST \(job.server.address)/api/"))
      try await expectSchema("drift", json.output)
      let alone = try await job.drift(["--all", "--post", "--dry-run"], ["TINYFORGE_TOKEN": ""])
      #expect(alone.output.contains("\nPOST ") && alone.error.contains("without a token"))
      #expect(try job.bodies.isEmpty && job.summary.isEmpty)
      // With one there, the request is the edit.
      _ = try await job.drift(["--all", "--post"])
      try await job.world.sql(
        "UPDATE workloads SET source_config = \(Self.inSync) WHERE id = 'w1'")
      let edit = try await job.drift(["--all", "--post", "--dry-run"])
      let method = forge == .gitlab ? "PUT" : "PATCH"
      #expect(edit.status == 0 && edit.output.contains("\n\(method) \(job.server.address)/api/"))
      #expect(try job.bodies.allSatisfy { $0.contains("🔶") })
      for result in [text, json, alone, edit] {
        #expect(!(result.output + result.error).contains("secret-token"))
      }
      let writes = try job.server.log().filter {
        $0.method != "GET" && !$0.target.hasSuffix("/graphql")
      }
      #expect(writes.count == 1)
    }
  }

  /// Every obstacle is one line on standard error; the report and the exit status stay drift's.
  @Test(arguments: ForgeKind.allCases, PostHurdle.all)
  func hurdles(_ forge: ForgeKind, _ hurdle: PostHurdle) async throws {
    let faults =
      hurdle.fault.isEmpty
      ? [] : [JSONValue.Member("faults", [.object([.init("match", "/7")] + hurdle.fault)])]
    try await PostJob.run(forge, settings: hurdle.settings, more: faults) { job async throws in
      try await job.world.addWorkload("w1", name: "shop")
      let result = try await job.drift(
        ["--all", "--post"] + hurdle.arguments, hurdle.changes)
      #expect(result.status == 1, "\(result)")
      #expect(result.output.contains("shop (w1) dockerfile: drift in 3 of 3"))
      #expect(result.error.contains("not posted") && result.error.contains(hurdle.message))
      #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
      #expect(!result.error.contains("secret-token") && !result.error.contains("##["))
      #expect(try job.bodies.isEmpty)
      #expect(job.summary.contains("🔶"))
    }
  }

  @Test func aForksRunSaysThatItIsOne() async throws {
    try await PostJob.run(.github) { job async throws in
      try await job.world.addWorkload("w1")
      let event = try job.world.scratch.write(
        "event.json",
        #"{"pull_request":{"number":7,"head":{"repo":{"full_name":"eve/shop"}},"#
          + #""base":{"repo":{"full_name":"acme/shop"}}}}"#)
      let result = try await job.drift(
        ["--all", "--post"], ["GITHUB_EVENT_PATH": event, "TINYFORGE_TOKEN": ""])
      #expect(result.status == 1 && result.error.contains("comes from a fork"), "\(result.error)")
    }
  }

  @Test(arguments: ForgeKind.allCases)
  func pagesAndNamesOutsideOfPipelines(_ forge: ForgeKind) async throws {
    try await PostJob.run(forge) { job async throws in
      try await job.world.addWorkload("w1")
      let path = [
        ForgeKind.github: "acme/shop/pull/7", .gitea: "acme/shop/pulls/7",
        .gitlab: "acme/shop/-/merge_requests/7",
      ][forge]
      let base = [
        "--all", "--post", "--post-to", "\(job.server.address)/\(path ?? "")", "--post-as", "bot",
      ]
      let none = ["GITHUB_ACTIONS": "", "GITEA_ACTIONS": "", "GITLAB_CI": ""]
      for name in [[], ["--post-name", "one"], ["--post-name", "two"], ["--post-name", "one"]] {
        #expect(try await job.drift(base + name, none).status == 1)
      }
      #expect(try job.bodies.count == 3)
      // Who is named need not be asked.
      let asked = try job.server.log().contains {
        $0.target.hasSuffix("/user") || $0.target.hasSuffix("/graphql")
      }
      #expect(!asked)
    }
  }

  /// The token of a pipeline is not shown to other forges that specs are read from.
  @Test(arguments: [true, false])
  func theCommentsTokenStaysWithItsForge(_ isPosting: Bool) async throws {
    try await PostJob.run(.github) { job async throws in
      let other = #"{"forge": "gitea", "repositories": {}}"#
      try await ForgeServer.run(other) { server async throws in
        try await job.world.addWorkload(
          "w1",
          config: World.config(name: "gone").replacing(
            "https://git.example.org", with: server.address))
        let result = try await job.drift(["--all"] + (isPosting ? ["--post"] : []))
        #expect(result.status == 2)
        let asked = try server.log()
        #expect(!asked.isEmpty)
        let isShown = asked.contains { $0.headers.values.contains { $0.contains("secret-token") } }
        #expect(!isShown)
        #expect(try job.bodies.count == (isPosting ? 1 : 0))
      }
    }
  }

  @Test func mergedReportsArePosted() async throws {
    try await PostJob.run(.gitea) { job async throws in
      for index in 0..<6 { try await job.world.addWorkload("w\(index)", name: "shop-\(index)") }
      var files: [String] = []
      for shard in 1...2 {
        let part = try await job.drift(["--all", "--format", "json", "--shard", "\(shard)/2"])
        files.append(try job.world.scratch.write("shard-\(shard).json", part.output))
      }
      let result = try await job.drift(["merge", "--post"] + files)
      #expect(result.status == 1 && result.error.contains("is now a comment on"), "\(result)")
      let body = try #require(try job.bodies.first)
      for index in 0..<6 { #expect(body.contains("<code>shop-\(index)</code>"), "\(body)") }
      // The options of listing are for the output; the comment has all workloads.
      let listed = try await job.drift(
        ["merge", "--post", "--status", "invalid", "--format", "jsonl"] + files)
      #expect(listed.error.contains("is up to date already"), "\(listed)")
      // A token that cannot be read is one more obstacle.
      for (arguments, token) in [(["--token-file", "/nonexistent"], "x"), ([], "two\nlines")] {
        let refused = try await job.drift(
          ["merge", "--post"] + arguments + files, ["TINYFORGE_TOKEN": token])
        #expect(refused.status == 1 && refused.output.contains("6 drifted"))
        #expect(refused.error.contains("not posted") && !refused.error.contains("lines"))
      }
    }
  }

  /// A fleet's comment keeps under the forge's limit, its numbers whole.
  @Test func aLargeFleetFits() async throws {
    try await PostJob.run(.github) { job async throws in
      let rows = (0..<600).map {
        "('w\($0)','app','w\($0)','shop-\($0)','dockerfile','\(World.config())',1)"
      }
      try await job.world.sql(
        "INSERT INTO workloads (id,kind,ref_id,name,source_kind,source_config,gitops_enabled) VALUES "
          + rows.joined(separator: ","))
      let result = try await job.drift(["--all", "--post"])
      #expect(result.status == 1 && result.error.contains("is now a comment on"), "\(result.error)")
      let body = try #require(try job.bodies.first)
      #expect(body.utf16.count <= 65_536 && body.utf16.count > 60_000)
      #expect(body.contains("600") && body.hasSuffix("</sub>\n"))
    }
  }

  @Test(arguments: [
    ["--all", "--post-name", "x"], ["--all", "--dry-run"], ["--all", "--post-as", "x"],
    ["--all", "--post-to", "https://github.com/a/b/pull/1"],
    ["--all", "--post", "--post-to", "https://github.com/a/b/issues/1"],
    ["--all", "--post", "--snapshot", "-"],
  ])
  func usage(_ arguments: [String]) async throws {
    let world = try await World()
    let result = try await run(
      builtTool("drift"), arguments, environment: ["TINYFORGE_DB": world.database])
    #expect(result.status == 2 && result.output.isEmpty, "\(result)")
  }
}

extension Substring {
  fileprivate var trimmed: Substring { drop { $0 == " " || $0 == "\t" } }
}
