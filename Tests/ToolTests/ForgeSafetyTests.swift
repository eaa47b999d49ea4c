import TestSupport
import Testing
import TinyforgeCore

/// What a forge, a row of the database or the network between may do to the tools.
@Suite struct ForgeSafetyTests {
  /// Each repository's requests are answered so; what is told must hold these words.
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
      "too many requests"
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
    ("garbage", #""mode":"garbage""#, "no HTTP"),
    ("endless", #""mode":"endless""#, "cut off at"),
    ("packed", #""mode":"packed""#, "no HTTP"),
    ("long", #""status":500,"body":"{\"message\":\"LONG\"}""#, "side (500)"),
  ]

  /// A canary in every answer, and every format of every tool: none of them tells it.
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
    try await ForgeServer.run(forge) { server in
      let address = server.address.replacing("://", with: "://user:hunter2@")
      for name in Self.answers.map(\.name) + ["good", "holds"] {
        try await world.addWorkload(
          name, config: ForgeWorld.config("gitea", address, name: name))
      }
      let result = try await world.fetch()
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
          let result = try await world.fetch(tool, name, options)
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

  /// The file itself: what is cut off, packed, longer than told or too large.
  @Test func badBodies() async throws {
    let world = try await World()
    let cases: [(String, String, String, String)] = [
      ("trunc", #""mode":"truncate""#, "fetch_failed", "broke the connection off"),
      ("bomb", #""mode":"bomb""#, "fetch_failed", "compressed"),
      ("packed", #""mode":"packed""#, "fetch_failed", "no HTTP"),
      ("part", #""status":206,"body":"version: 1\n""#, "fetch_failed", "answered 206"),
      ("nothing", #""status":204"#, "fetch_failed", "answered 204"),
      ("trailer", #""mode":"trailer""#, "ok", ""),
      ("endless", #""mode":"endless""#, "invalid", "longer than the 65536 bytes"),
      ("over", #""mode":"overlong""#, "ok", ""),
      (
        "large", #""status":200,"body":"\#(String(repeating: "#", count: 65_537))""#, "invalid",
        "65537 bytes long"
      ),
      (
        "full", #""status":200,"body":"version: 1\n\#(String(repeating: "#", count: 65_525))""#,
        "ok",
        ""
      ),
      (
        "lfs", #""status":200,"body":"version https://git-lfs.github.com/spec/v1\n""#, "invalid",
        "LFS"
      ),
    ]
    let faults = cases.map { #"{"match":"/acme/\#($0.0)/raw/",\#($0.1)}"# }
    let forge = ForgeWorld.forge(
      "gitea", cases.map { ("acme/\($0.0)", world.repository) },
      more: #","faults":[\#(faults.joined(separator: ",").replacing("\n", with: "\\n"))]"#)
    try await ForgeServer.run(forge) { server in
      for one in cases {
        try await world.addWorkload(
          one.0, config: ForgeWorld.config("gitea", server.address, name: one.0))
      }
      let told = try ToldWorkload.all(try await world.fetch())
      for (name, _, status, words) in cases {
        #expect(told[name]?.status == status, "\(name): \(told[name]?.message ?? "")")
        #expect(words.isEmpty || told[name]?.message.contains(words) == true, "\(name)")
      }
    }
  }

  /// Where few files may be open, each forge has its share of them.
  @Test func fewDescriptorsAreShared() async throws {
    let world = try await World()
    let slow = #"{"forge":"gitea","faults":[{"match":"","mode":"stall"}]}"#
    let forge = ForgeWorld.forge("gitea", [("acme/shop", world.repository)])
    try await ForgeServer.run(slow) { slow in
      try await ForgeServer.run(forge) { good in
        let tokens = try world.scratch.write("tokens", "\(good.address) \(ForgeWorld.token)\n")
        for index in 0..<60 {
          try await world.addWorkload("a\(index)", config: ForgeWorld.config("gitea", slow.address))
        }
        for index in 0..<10 {
          try await world.addWorkload("b\(index)", config: ForgeWorld.config("gitea", good.address))
        }
        let result = try await run(
          "prlimit",
          [
            "--nofile=300:300", builtTool("drift"), "--all", "--fetch", "http", "--format", "json",
            "--fetch-timeout", "6s", "--token-file", tokens,
          ],
          environment: [
            "TINYFORGE_DB": world.database, "XDG_CACHE_HOME": world.scratch.path,
            "TINYFORGE_ALLOW_NETWORK": "127.0.0.0/8",
          ])
        let told = try ToldWorkload.all(result)
        let good = told.filter { $0.key.hasPrefix("b") }
        #expect(good.count == 10 && good.allSatisfy { $0.value.status == "ok" }, "\(result.error)")
      }
    }
  }

  /// A stalled forge costs the run its time, and holds up no other.
  @Test(arguments: [["--jobs", "2"], []], [false, true])
  func aSlowForgeHoldsUpNoOther(_ jobs: [String], _ isEncrypted: Bool) async throws {
    let world = try await World()
    let slow = #"{"forge":"gitea","faults":[{"match":"","mode":"stall"}]}"#
    let forge = ForgeWorld.forge("gitea", [("acme/shop", world.repository)])
    let (certificate, key) = try await ForgeWorld.certificate(in: world.scratch)
    let secret = isEncrypted ? (certificate, key) : (nil, nil)
    try await ForgeServer.run(slow, certificate: secret.0, key: secret.1) { slow in
      try await ForgeServer.run(forge, certificate: secret.0, key: secret.1) { good in
        let tokens = try world.scratch.write("tokens", "\(good.address) \(ForgeWorld.token)\n")
        for index in 0..<20 {
          try await world.addWorkload("a\(index)", config: ForgeWorld.config("gitea", slow.address))
          try await world.addWorkload("b\(index)", config: ForgeWorld.config("gitea", good.address))
        }
        let result = try await world.fetch(
          "drift", "json",
          ["--fetch-timeout", "6s", "--token-file", tokens, "--ca-file", certificate] + jobs,
          environment: [:])
        let told = try ToldWorkload.all(result)
        #expect(told.filter { $0.key.hasPrefix("b") }.allSatisfy { $0.value.status == "ok" })
        #expect(
          told.filter { $0.key.hasPrefix("a") }.allSatisfy { $0.value.status == "fetch_failed" })
        #expect(told["a19"]?.message.contains("the run's time was over") == true)
        #expect(result.status == 2)
      }
    }
  }
}
