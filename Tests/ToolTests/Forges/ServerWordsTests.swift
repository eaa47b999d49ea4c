import TestSupport
import Testing
import TinyforgeCore

/// Servers that repeat the token they were shown, in every word that they can send.
@Suite(.ownTime, .hangLimit) struct ServerWordsTests {
  static let token = "s3cr3t-token-value"

  private static let keys = [
    "state", "message", "title", "html_url", "login", "username", "body", "locked", "id", "error",
    "error_description", "number",
  ]

  private static func hides(_ result: CommandResult) -> Bool {
    !(result.output + result.error).contains("s3cr3t")
  }

  private static let body: String = {
    let own = keys.map { JSONValue.Member($0, .string(token)) }
    let account = JSONValue.object([
      .init("login", .string(token)), .init("username", .string(token)),
      .init("id", .string(token)),
    ])
    let errors = JSONValue.array([["message": .string(token)], .string(token)])
    return JSONWriter.compact(
      .object(
        own + [.init("user", account), .init("author", account), .init("errors", errors)]))
  }()

  @Test(
    arguments: ForgeKind.allCases, [200, 201, 301, 401, 403, 404, 409, 422, 423, 429, 500, 503])
  func posting(_ forge: ForgeKind, _ status: Int) async throws {
    let fault: JSONValue = [
      "match": "", "status": .integer(status), "body": .string(Self.body),
      "headers": [
        "Location": .string("https://\(Self.token).example/\(Self.token)"),
        "Retry-After": .string(Self.token), "Link": .string("<\(Self.token)>; rel=\(Self.token)"),
      ],
    ]
    try await PostJob.run(forge, more: [.init("faults", .array([fault]))]) { job async throws in
      try await job.world.addWorkload("w1", name: "shop")
      for more in [[], ["--dry-run"]] {
        let result = try await job.drift(
          ["--all", "--post"] + more, ["TINYFORGE_TOKEN": Self.token])
        // A dry run needs no answer to show what it would send.
        let isSaid =
          result.error.contains("not posted")
          || !more.isEmpty && result.error.contains("the forge cannot be asked")
        #expect(result.status == 1 && isSaid, "\(result)")
        #expect(Self.hides(result), "\(status) \(more): \(result)")
      }
    }
  }

  /// The ids of comments stand in the addresses that `--dry-run` shows.
  @Test(arguments: ForgeKind.allCases)
  func aTokenThatIsANumber(_ forge: ForgeKind) async throws {
    try await PostJob.run(
      forge,
      settings: [
        .init("first_id", 71_234_567_890), .init("tokens", ["71234567890": "bot"]),
      ]
    ) { job async throws in
      try await job.world.addWorkload("w1", name: "shop")
      let token = ["TINYFORGE_TOKEN": "71234567890"]
      _ = try await job.drift(["--all", "--post"], token)
      try await job.world.sql("UPDATE workloads SET source_config = '\(World.config())'")
      let result = try await job.drift(["--all", "--post", "--dry-run"], token)
      #expect(!(result.output + result.error).contains("71234567890"), "\(result)")
    }
  }

  /// libcurl repeats the subject of a certificate.
  @Test func theSubjectOfACertificate() async throws {
    let scratch = try Scratch()
    let (certificate, key) = (scratch.file("c.pem"), scratch.file("k.pem"))
    try await mustRun(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=\(Self.token).example", "-keyout", key, "-out", certificate,
      ])
    let world = try await World()
    try await ForgeServer.run(#"{"forge":"gitea"}"#, certificate: certificate, key: key) { server in
      let host = "forge.test:\(server.port)"
      try await world.addWorkload("w1", config: ForgeWorld.config("gitea", "https://\(host)"))
      let options = ["--ca-file", certificate, "--resolve", "\(host):127.0.0.1"]
      let variables = ["TINYFORGE_TOKEN": "https://\(host) \(Self.token)"]
      let read = try await world.fetch("drift", "text", options, environment: variables)
      #expect(read.output.contains("does not match target host name"), "\(read)")
      let post = ["--post", "--post-to", "https://\(host)/acme/shop/pulls/7"]
      let posted = try await world.fetch("drift", "text", options + post, environment: variables)
      #expect(posted.error.contains("does not match target host name"), "\(posted)")
      #expect(Self.hides(read) && Self.hides(posted), "\(posted)")
    }
  }

  /// Gitea's tokens look like the id of a commit, and a spec may write one with escapes.
  @Test func whatIsReadHoldsNoToken() async throws {
    let token = "d0c5fa9be7a34d2c8b1f0e9d7c6b5a4938271605"
    let world = try await World()
    let good = try await git("rev-parse", "HEAD", in: world.repository)
    func fault(_ match: String, _ status: Int, _ body: JSONValue) -> JSONValue {
      let text = body.text ?? JSONWriter.compact(body)
      return ["match": .string(match), "status": .integer(status), "body": .string(text)]
    }
    let escaped = #"version: 1\ndeploy: {healthcheck: "/\x64"# + token.dropFirst() + "\"}\n"
    let faults: [JSONValue] = [
      fault("/id/branches", 200, ["commit": ["id": .string(token)]]),
      fault("/default/branches", 404, [:]),
      fault("/default", 200, ["default_branch": .string(token)]),
      fault("/escaped/branches", 200, ["commit": ["id": .string(good)]]),
      fault("/escaped/raw", 200, .string(escaped.replacing(#"\n"#, with: "\n"))),
    ]
    let forge = JSONWriter.compact(["forge": "gitea", "faults": .array(faults)])
    try await ForgeServer.run(forge) { server in
      for name in ["id", "default", "escaped"] {
        try await world.addWorkload(
          name,
          config: ForgeWorld.config(
            "gitea", server.address, name: name, branch: name == "default" ? nil : "main"))
      }
      let variables = ["TINYFORGE_TOKEN": token]
      let result = try await world.fetch(environment: variables)
      let told = try ToldWorkload.all(result)
      #expect(told.count == 3)
      #expect(told["escaped"]?.message.contains("the very token") == true, "\(result.output)")
      #expect(told["id"]?.message.contains("with something else") == true, "\(result.output)")
      for format in ["json", "text", "html", "sarif"] {
        let result = try await world.fetch("drift", format, environment: variables)
        #expect(!(result.output + result.error).contains(token.dropFirst()), "\(format)")
      }
    }
  }
}
