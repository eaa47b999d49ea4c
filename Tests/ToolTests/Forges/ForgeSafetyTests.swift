import TestSupport
import Testing
import TinyforgeCore

/// What a forge, a row of the database or the network between may do to the tools.
@Suite(.ownTime, .hangLimit) struct ForgeSafetyTests {
  /// Each repository's requests are answered so; the message must hold these words.
  static let answers: [(name: String, fault: String, words: String)] = [
    (
      "r301", #""status":301,"headers":{"Location":"https://other.example/TOKEN?x=TOKEN"}"#,
      "moved or renamed"
    ),
    (
      "r307", #""status":307,"headers":{"Location":"https://a:hunter2@other.example/SPACE/TOKEN"}"#,
      "redirects to https://other.example/x"
    ),
    (
      "odd", #""status":301,"headers":{"Location":"https://a/https://user:hunter2%40other/"}"#,
      "the forge redirects (301)"
    ),
    ("r304", #""status":304"#, "was not asked for that"),
    ("r302", #""status":302,"headers":{"Location":"http://127.0.0.1:9/evil"}"#, "is not followed"),
    ("r400", #""status":400,"body":"TOKEN""#, "answered 400"),
    ("r401", #""status":401,"body":"{\"message\":\"bad TOKEN\"}""#, "refuses the token (401)"),
    ("r403", #""status":403,"body":"{\"message\":\"no BASE64\"}""#, "denies access"),
    (
      "r403b",
      #""status":403,"headers":{"X-RateLimit-Remaining":"0","X-RateLimit-Reset":"99999999999"}"#,
      "exceeded (403)"
    ),
    ("r404", #""status":404,"body":"{\"message\":\"PERCENT\"}""#, "no repository"),
    (
      "r429", #""status":429,"headers":{"Retry-After":"3600"},"body":"{\"message\":\"TOKEN\"}""#,
      "try again in 60 min"
    ),
    (
      "r500",
      #""status":500,"body":"{\"message\":\"::error::TOKEN \\u001b[31m\\u202e@all <script>\"}""#,
      "failed on its own side (500)"
    ),
    ("cutplain", #""status":500,"body":"{\"message\":\"SPACE TOKEN\"}""#, "side (500)"),
    ("cut64", #""status":500,"body":"{\"message\":\"SPACE BASE64\"}""#, "side (500)"),
    ("cutpercent", #""status":500,"body":"{\"message\":\"SPACE PERCENT\"}""#, "side (500)"),
    ("r503", #""status":503,"body":"<html>TOKEN</html>""#, "failed on its own side (503)"),
    ("json", #""status":200,"body":"[TOKEN""#, "with something else"),
    ("list", #""status":200,"body":"{\"commit\":{\"id\":\"../TOKEN\"}}""#, "with something else"),
    ("cut", #""mode":"truncate","body":"TOKEN""#, "broke the connection off"),
    ("reset", #""mode":"reset""#, "broke the connection off"),
    ("resethead", #""mode":"reset-head""#, "broke the connection off"),
    ("resetbody", #""mode":"reset-body""#, "broke the connection off"),
    ("garbage", #""mode":"garbage""#, "not readable HTTP"),
    ("endless", #""mode":"endless""#, "cut off at"),
    ("packed", #""mode":"packed""#, "not readable HTTP"),
    ("long", #""status":500,"body":"{\"message\":\"LONG\"}""#, "side (500)"),
  ]

  /// A canary in every answer, and every format of every tool: none of them shows it.
  @Test func noOutputHoldsTheToken() async throws {
    let world = try await World()
    let token = ForgeWorld.token
    let base64 = try await mustRun("base64", ["-w0"], input: "oauth2:\(token)!")
    let percent = token.utf8.map { "%" + String($0, radix: 16) }.joined()
    let faults = Self.answers.map { answer in
      #"{"match":"/acme/\#(answer.name)/",\#(answer.fault)}"#
        .replacing("TOKEN", with: token).replacing("BASE64", with: base64)
        .replacing("PERCENT", with: percent)
        // As long as makes a shortened message end within the token.
        .replacing("LONG", with: "a" + String(repeating: "\u{301}", count: 20_000))
        .replacing("SPACE", with: String(repeating: "x", count: answer.name == "r307" ? 160 : 142))
    }
    try world.scratch.write("holds/.tinyforge.yml", "version: 1 # \(token)\n")
    let holds = world.scratch.file("holds")
    try await git("init", "-q", in: holds)
    try await git("add", ".", in: holds)
    try await git("commit", "-qm", "Hold \(token)", in: holds)
    // A subject of any length, from a forge and from a repository.
    try world.scratch.write("message", "Change " + String(repeating: "x", count: 100_000))
    try await git(
      "commit", "-q", "--allow-empty", "-F", world.scratch.file("message"), in: world.repository)
    let forge = ForgeWorld.forge(
      "gitea", [("acme/good", world.repository), ("acme/holds", holds)],
      more: #","faults":[\#(faults.joined(separator: ","))]"#)
    try await ForgeServer.run(forge, options: ["--host", "0.0.0.0"]) { server in
      // Each has an address of its own: a forge that fails is left alone, and would hide the others.
      let names = Self.answers.map(\.name) + ["good", "holds"]
      let hosts = names.indices.map { "127.0.0.\($0 + 2):\(server.port)" }
      for (name, host) in zip(names, hosts) {
        try await world.addWorkload(
          name, config: ForgeWorld.config("gitea", "http://user:hunter2@\(host)", name: name))
      }
      let variables = [
        "TINYFORGE_TOKEN": hosts.map { "http://\($0) \(token)\n" }.joined()
      ]
      let result = try await world.fetch(environment: variables)
      let told = try ToldWorkload.all(result)
      #expect(result.status == 2 && told["good"]?.status == "ok")
      let local = try await world.tool(
        "drift", "--workload", "good", "--repo", world.repository, "--format", "json")
      for report in [told["good"], try ToldWorkload.all(local)["good"]] {
        let subject = try #require(report?.json["spec"]?["subject"]?.text)
        #expect(subject.hasPrefix("Change xxx") && subject.utf8.count < 400)
      }
      for answer in Self.answers {
        let message = try #require(told[answer.name]?.message)
        #expect(message.contains(answer.words), "\(answer.name): \(message)")
        #expect(message.utf8.count < 1000, "\(answer.name)")
        #expect(told[answer.name]?.status == "fetch_failed")
      }
      #expect(told["holds"]?.message.contains("the very token") == true)
      let formats: [(String, [String])] = [
        (
          "drift",
          [
            "text", "json", "jsonl", "markdown", "html", "github", "gitlab", "sarif", "junit",
            "prometheus",
          ]
        ), ("plan", ["text", "json", "markdown"]), ("apply", ["json"]),
      ]
      let pieces = [
        token, base64, percent, String(base64.dropFirst(12).prefix(24)), "hunter2",
        String(token.prefix(8)), String(base64.dropFirst(12).prefix(8)), String(percent.prefix(12)),
      ]
      for (tool, names) in formats {
        for name in names {
          let options = tool == "apply" ? ["--yes", "--keep-going"] : []
          let result = try await world.fetch(tool, name, options, environment: variables)
          #expect(result.status == 2, "\(tool) \(name): \(result.error)")
          for piece in pieces {
            #expect(!result.output.contains(piece), "\(tool) \(name)")
            #expect(!result.error.contains(piece), "\(tool) \(name)")
          }
          #expect(!(result.output + result.error).contains("\u{1b}[31m"), "\(tool) \(name)")
          #expect(!(result.output + result.error).contains("\n::error::\(token)"))
        }
      }
      #expect(try await !world.sql(".dump").contains(token))
      let kept = try await mustRun(
        "find", [world.scratch.file("tinyforge-gitops"), "-type", "f", "-print"])
      #expect(!kept.isEmpty)
      for file in kept.split(separator: "\n") {
        let text = String(decoding: try readFile(String(file)), as: UTF8.self)
        #expect(!text.contains(token), "\(file)")
      }
    }
  }

  /// By literal in every spelling, by name, and without encryption: nobody is asked.
  @Test func refusedAddresses() async throws {
    let world = try await World()
    let literals: [(String, String)] = [
      ("https://127.0.0.1:9", "loopback"), ("https://0x7f.1", "loopback"),
      ("https://2130706433", "loopback"), ("https://0177.0.0.1", "loopback"),
      ("https://[::1]", "loopback"), ("https://0.0.0.0", "unspecified"),
      ("https://10.0.0.1", "private"), ("https://100.64.0.1", "CGNAT"),
      ("https://169.254.169.254", "metadata"), ("https://[fd00:ec2::254]", "metadata"),
      ("https://[::ffff:127.0.0.1]", "IPv4-mapped"), ("https://[64:ff9b::7f00:1]", "NAT64"),
      ("https://[2002:7f00:1::]", "6to4"), ("https://[::7f00:1]", "IPv4-compatible"),
      ("https://[fe80::1]", "link-local"), ("https://255.255.255.255", "broadcast"),
      ("https://224.0.0.1", "multicast"), ("https://localhost:9", "loopback"),
      ("https://private.test", "private"), ("https://meta.test", "metadata"),
      ("https://mapped.test", "IPv4-mapped"), ("https://nat64.test", "NAT64"),
      ("https://sixtofour.test", "6to4"), ("http://8.8.8.8", "without encryption"),
      ("http://plain.test", "without encryption"),
    ]
    for (index, literal) in literals.enumerated() {
      try await world.addWorkload("w\(index)", config: ForgeWorld.config("gitea", literal.0))
    }
    let names = [
      "private.test:443:192.168.1.1", "meta.test:443:169.254.169.254",
      "mapped.test:443:[::ffff:10.0.0.1]", "nat64.test:443:[64:ff9b::a00:1]",
      "sixtofour.test:443:[2002:a00:1::]", "plain.test:80:8.8.8.8",
    ]
    let options = names.flatMap { ["--resolve", $0] }
    let result = try await world.fetch("drift", "json", options, allowing: nil)
    let told = try ToldWorkload.all(result)
    for (index, literal) in literals.enumerated() {
      let message = told["w\(index)"]?.message ?? ""
      #expect(message.contains(literal.1), "\(literal.0): \(message)")
      #expect(literal.1 == "metadata" || message.contains("--allow-network"), "\(message)")
    }
    #expect(result.status == 2)
    let all = try await world.fetch(
      "drift", "json",
      options
        + ["--allow-network", "0.0.0.0/0", "--allow-network", "::/0", "--workload", "w8"]
        .dropLast(2), allowing: nil)
    #expect(try ToldWorkload.all(all)["w8"]?.message.contains("metadata") == true)
    #expect(try ToldWorkload.all(all)["w19"]?.message.contains("metadata") == true)
  }

  @Test func anotherServerIsNotReachedByRedirect() async throws {
    let world = try await World()
    try await ForgeServer.run(#"{"forge":"gitea"}"#) { hidden in
      let fault = #"{"match":"/","status":307,"headers":{"Location":"\#(hidden.address)/api"}}"#
      try await ForgeServer.run(#"{"forge":"gitea","faults":[\#(fault)]}"#) { server in
        try await world.addWorkload("w1", config: ForgeWorld.config("gitea", server.address))
        let told = try ToldWorkload.all(try await world.fetch())
        #expect(told["w1"]?.message.contains("to \(hidden.address)/api") == true)
        #expect(try hidden.log().isEmpty)
      }
    }
  }
}
