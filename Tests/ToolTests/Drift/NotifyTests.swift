import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// Notifications of the built tool to a receiver on loopback, another process.
@Suite(.ownTime, .hangLimit) struct NotifyTests {
  static let secret = "/hooks/T0SECRET/B0SECRET"

  /// A world with drift, a receiver that answers so, and what runs drift with it.
  struct Job: Sendable {
    let world: World
    let receiver: ForgeServer
    let report: String

    func drift(
      _ options: String..., url: String? = nil, network: String = "127.0.0.0/8"
    ) async throws -> CommandResult {
      try await world.tool(
        "drift",
        arguments: [
          "--all", "--format", "json", "--previous", report, "--output", report, "--notify",
        ]
          + options,
        environment: [
          "TINYFORGE_NOTIFY_URL": url ?? receiver.address + NotifyTests.secret,
          "TINYFORGE_ALLOW_NETWORK": network,
        ])
    }

    /// What each request had as its body.
    var bodies: [String] {
      get throws { try receiver.log().map(\.body) }
    }
  }

  static func run(
    _ answers: String = #"[{"status": 200}]"#, body: @Sendable (Job) async throws -> Void
  ) async throws {
    let world = try await PreviousReportTests.world()
    try await ForgeServer.run(
      "{\"answers\": \(answers)}", program: "Tests/Peers/webhook-receiver.py"
    ) { receiver in
      try await body(
        Job(world: world, receiver: receiver, report: world.scratch.file("drift.json")))
    }
  }

  static func list(_ body: String?, _ name: String) throws -> [String] {
    guard case .array(let items)? = try JSONValue(parsing: Array((body ?? "{}").utf8))[name] else {
      return ["no \(name)"]
    }
    return items.map { "\($0["id"]?.text ?? "?").\($0["field"]?.text ?? "?")" }
  }

  /// Told is what is new, changed and resolved, each once.
  @Test func onlyNewsIsSent() async throws {
    try await Self.run { job in
      let first = try await job.drift()
      #expect(first.status == 1 && first.error.contains("the notification was sent to http://127"))
      #expect(try job.bodies.count == 1)
      try await expectSchema("notification", try #require(job.bodies.last))
      #expect(try Self.list(job.bodies.last, "new") == ["w2.port", "w3.port"])
      let quiet = try await job.drift()
      #expect(quiet.status == 1 && quiet.error.contains("no notification is sent"))
      #expect(try job.bodies.count == 1)
      try await job.world.sql(
        "UPDATE workloads SET source_config = replace(source_config, '3000', '4000') WHERE id = 'w2'"
      )
      try await job.world.sql(
        "UPDATE workloads SET source_config = replace(source_config, '3000', '8080') WHERE id = 'w3'"
      )
      #expect(try await job.drift().status == 1)
      #expect(try job.bodies.count == 2)
      try await expectSchema("notification", try #require(job.bodies.last))
      #expect(try Self.list(job.bodies.last, "new") == [])
      #expect(try Self.list(job.bodies.last, "changed") == ["w2.port"])
      #expect(try Self.list(job.bodies.last, "resolved") == ["w3.port"])
      let request = try #require(job.receiver.log().last)
      #expect(request.method == "POST" && request.target == Self.secret)
      #expect(request.headers["content-type"] == "application/json")
      #expect(request.headers["authorization"] == nil)
    }
  }

  /// Drift that does not count yet is notified once it does.
  @Test func youngDriftIsToldOfOnceItCounts() async throws {
    try await Self.run { job in
      #expect(try await job.drift("--min-age", "1h").status == 0)
      #expect(try job.bodies.isEmpty)
      let text = String(decoding: try readFile(job.report), as: UTF8.self)
      let value = try JSONValue(parsing: Array(text.utf8))
      let made = try #require(value["generated_at"]?.text)
      try job.world.scratch.write(
        "drift.json", text.replacing(made, with: "2026-01-05T00:00:00Z"))
      #expect(try await job.drift("--min-age", "1h").status == 1)
      #expect(try Self.list(job.bodies.last, "new") == ["w2.port", "w3.port"])
      #expect(try await job.drift("--min-age", "1h").status == 1)
      #expect(try job.bodies.count == 1)
    }
  }

  @Test(arguments: ["slack", "mattermost", "matrix", "ntfy"])
  func eachServiceGetsItsForm(_ format: String) async throws {
    try await Self.run { job in
      let dry = try await job.drift("--notify-format", format, "--dry-run")
      #expect(dry.status == 1 && dry.output.contains("POST \(job.receiver.address)/…\n"))
      #expect(try !(dry.output + dry.error).contains("SECRET") && job.bodies.isEmpty)
      try await mustRun("rm", [job.report])
      #expect(try await job.drift("--notify-format", format).status == 1)
      let request = try #require(job.receiver.log().first)
      #expect(dry.output.contains(request.body))
      let words = request.body
      #expect(words.contains("2 new") && words.contains("shop-w2"), "\(words)")
      if format == "ntfy" {
        #expect(request.headers["title"] == "Tinyforge: drift")
        #expect(request.headers["content-type"] == "text/plain; charset=utf-8")
        return
      }
      let body = try JSONValue(parsing: Array(request.body.utf8))
      #expect(body["text"]?.text?.isEmpty == false)
      #expect((body["html"] != nil) == (format == "matrix"))
    }
  }

  /// What the receiver answers, and what is said of it; the report is written all the same.
  @Test(arguments: [
    (
      #"[{"status": 302, "headers": {"Location": "http://127.0.0.1:1/T0SECRET"}}]"#,
      "redirect (302)", 1
    ),
    (#"[{"status": 404, "body": "no PATH"}]"#, "refused it (404)", 1),
    (#"[{"status": 500, "body": "PATH"}]"#, "failed (500)", 1),
    (#"[{"status": 400, "body": "PATH"}]"#, "--notify-format is the one of that service", 1),
    (#"[{"status": 429, "headers": {"Retry-After": "3600"}}]"#, "rate limit exceeded (429)", 1),
    (#"[{"cut": true}]"#, "broke the connection off", 1),
  ])
  func whatGoesWrongIsSaid(_ answers: String, _ words: String, _ requests: Int) async throws {
    try await Self.run(answers) { job in
      let result = try await job.drift()
      #expect(result.status == 2 && result.error.contains("the notification was not sent: "))
      #expect(result.error.contains(words), "\(result.error)")
      #expect(!(result.output + result.error).contains("SECRET"), "\(result.error)")
      #expect(try job.bodies.count == requests)
      let written = try JSONValue(parsing: readFile(job.report))
      #expect(written["summary"]?["drifted"]?.wholeNumber == 2)
      let russian = try await job.drift("--lang", "ru")
      #expect(!russian.error.contains("SECRET"))
    }
  }

  @Test func aServiceThatAsksToWaitIsAskedAgain() async throws {
    try await Self.run(#"[{"status": 429, "headers": {"Retry-After": "1"}}, {"status": 200}]"#) {
      job in
      let result = try await job.drift()
      #expect(result.status == 1 && result.error.contains("was sent"), "\(result.error)")
      let log = try job.receiver.log()
      #expect(log.count == 2 && log.first?.body == log.last?.body)
    }
  }

  /// The user and the password of an address go to it alone, as HTTP has them.
  @Test func aPasswordInTheAddress() async throws {
    try await Self.run(#"[{"status": 500, "body": "me:pa/ss word"}]"#) { job in
      let url = "http://me:hunter2%2Fpw@127.0.0.1:\(job.receiver.port)/topic-SECRET?auth=SECRET123"
      let result = try await job.drift(url: url)
      #expect(result.status == 2)
      let request = try #require(job.receiver.log().first)
      #expect(request.headers["authorization"] == "Basic bWU6aHVudGVyMi9wdw==")
      #expect(request.target == "/topic-SECRET?auth=SECRET123")
      for secret in ["hunter2", "SECRET", "bWU6"] {
        #expect(!(result.output + result.error).contains(secret), "\(result.error)")
        #expect(!String(decoding: try readFile(job.report), as: UTF8.self).contains(secret))
      }
    }
  }

  /// The address policy is that of the forges, and says no more than the host.
  @Test func addressesThatMayNotBeAsked() async throws {
    try await Self.run { job in
      for (url, network, words) in [
        (job.receiver.address + Self.secret, "10.0.0.0/8", "127.0.0.1"),
        ("http://169.254.169.254" + Self.secret, "169.254.0.0/16", "metadata"),
        ("http://hooks.example.invalid" + Self.secret, "10.0.0.0/8", "hooks.example.invalid"),
        (
          "http://127.0.0.1:1" + Self.secret, "127.0.0.0/8",
          "no server answers at http://127.0.0.1:1"
        ),
      ] {
        let result = try await job.drift(url: url, network: network)
        #expect(result.status == 2 && result.error.contains(words), "\(result.error)")
        #expect(!(result.output + result.error).contains("SECRET"), "\(result.error)")
        #expect(!result.error.contains("base_url"), "\(result.error)")
        try await mustRun("rm", [job.report])
      }
      #expect(try job.bodies.isEmpty)
    }
  }

  /// Before anything is read, and without the address in what is said.
  @Test func addressesThatAreNone() async throws {
    try await Self.run { job in
      for url in [
        "", "T0SECRET", "ftp://h/SECRET", "https://h/a b SECRET",
        "https://h/SECRET\nhttps://h/SECRET",
      ] {
        let result = try await job.drift(url: url)
        #expect(result.status == 2 && result.error.contains("TINYFORGE_NOTIFY_URL"), "\(result)")
        #expect(!(result.output + result.error).contains("SECRET"), "\(result.error)")
      }
      let file = try job.world.scratch.write("url", job.receiver.address + Self.secret + "\n")
      let sent = try await job.drift("--notify-url-file", file, url: "")
      #expect(sent.status == 1 && sent.error.contains("was sent"), "\(sent.error)")
      let absent = try await job.drift("--notify-url-file", file + "x", url: "")
      #expect(absent.status == 2 && absent.error.contains("url"), "\(absent.error)")
    }
  }

  @Test func mergedShardsNotify() async throws {
    try await Self.run { job in
      var shards: [String] = []
      for index in 1...2 {
        let shard = try await job.world.tool(
          "drift", "--all", "--shard", "\(index)/2", "--format", "json", "--previous", job.report)
        shards.append(try job.world.scratch.write("s\(index).json", shard.output))
      }
      let environment = [
        "TINYFORGE_NOTIFY_URL": job.receiver.address + Self.secret,
        "TINYFORGE_ALLOW_NETWORK": "127.0.0.0/8",
      ]
      let merged = try await TestSupport.run(
        builtTool("drift"), ["merge"] + shards + ["--notify"], environment: environment)
      #expect(merged.status == 1, "\(merged.error)")
      #expect(try Self.list(job.bodies.last, "new") == ["w2.port", "w3.port"])
      let plain = try await job.world.tool("drift", "--all", "--format", "json")
      let file = try job.world.scratch.write("plain.json", plain.output)
      let unknown = try await TestSupport.run(
        builtTool("drift"), ["merge", file, "--notify"], environment: environment)
      #expect(unknown.status == 2 && unknown.error.contains("drift --previous FILE"))
    }
  }

  @Test(arguments: [
    (["--notify"], "--notify needs --previous FILE"),
    (["--notify-format", "slack"], "--notify-format says how to notify, so it needs --notify"),
    (["--notify-url-file", "x"], "so it needs --notify"),
    (["--notify", "--previous", "x", "--notify-format", "irc"], "irc"),
    (["--notify", "https://h/SECRET", "--previous", "x"], "--notify takes no address"),
    (["--notify=https://h/SECRET", "--previous", "x"], "--notify"),
    (["--dry-run"], "--dry-run says how to post"),
  ])
  func optionsThatDoNotFit(_ options: [String], _ words: String) async throws {
    let result = try await TestSupport.run(
      builtTool("drift"), (options.contains { $0.contains("://") } ? [] : ["--all"]) + options,
      environment: ["TINYFORGE_DB": "/nonexistent", "TINYFORGE_NOTIFY_URL": "https://h/SECRET"])
    #expect(result.status == 2 && result.error.contains(words), "\(result.error)")
    #expect(!(result.output + result.error).contains("SECRET"), "\(result.error)")
  }
}
