import TestSupport
import Testing
import TinyforgeCore

/// Encryption, proxies, HTTP/2, and git's own server.
@Suite(.ownTime, .hangLimit) struct ForgeNetworkTests {
  /// What a proxy answers may repeat the user and the password that it was shown.
  @Test(arguments: [
    ("user:pr0xypass", ["pr0xypass"]),
    ("us%65r:p%40r0xy%3Apass", ["p@r0xy:pass", "p%40r0xy%3Apass"]),
    ("user:pw", ["user:pw"]), ("t0kenoftheproxy", ["t0kenoftheproxy"]),
  ]) func aProxyRepeatsNoPassword(_ given: String, _ secrets: [String]) async throws {
    let world = try await World()
    let user = given.contains("%") ? "user:p@r0xy:pass" : given.contains(":") ? given : given + ":"
    let basic = try await mustRun("base64", ["-w0"], input: user)
    let words =
      secrets + [basic, "Basic \(basic)", basic.utf8.map { "%" + String($0, radix: 16) }.joined()]
    let faults =
      words.enumerated().map { number, word in
        #"{"match":"/acme/p\#(number)","status":407,"headers":{"Proxy-Authenticate":"Basic realm=\"\#(word)\""},"body":"{\"message\":\"no access for \#(word)\"}"}"#
      }
      + words.enumerated().map { number, word in
        #"{"match":"/acme/r\#(number)","status":302,"headers":{"Location":"http://\#(word)/x"}}"#
      }
    try await ForgeServer.run(#"{"forge":"gitea","faults":[\#(faults.joined(separator: ","))]}"#) {
      proxy in
      for number in words.indices {
        // Each has an address of its own: a forge that fails is left alone.
        for name in ["p", "r"] {
          try await world.addWorkload(
            "\(name)\(number)",
            config: ForgeWorld.config(
              "gitea", "http://127.0.\(name == "p" ? 1 : 2).\(number + 1)", name: "\(name)\(number)"
            ))
        }
      }
      for variable in ["http_proxy", "all_proxy"] {
        for format in ["json", "text", "markdown"] {
          let result = try await world.fetch(
            "drift", format, ["--no-cache"],
            environment: [variable: "http://\(given)@127.0.0.1:\(proxy.port)"])
          let text = result.output + result.error
          #expect(
            text.contains("407") && text.contains(format == "markdown" ? "token" : "[token]"),
            "\(result)")
          for word in words { #expect(!text.contains(word), "\(word): \(text)") }
        }
      }
      #expect(try proxy.log().contains { $0.headers["proxy-authorization"] == "Basic \(basic)" })
    }
  }

  @Test func certificatesAreFinal() async throws {
    let world = try await World()
    let (certificate, key) = try await ForgeWorld.certificate(in: world.scratch)
    let forge = ForgeWorld.forge("gitea", [("acme/shop", world.repository)])
    try await ForgeServer.run(forge, certificate: certificate, key: key) { server in
      try await world.addWorkload(
        "w1", config: ForgeWorld.config("gitea", "https://forge.test:\(server.port)"))
      try await world.addWorkload(
        "w2", config: ForgeWorld.config("gitea", "https://other.test:\(server.port)"))
      let tokens = try world.scratch.write(
        "tokens", "https://forge.test:\(server.port) \(ForgeWorld.token)\n")
      let options = [
        "--resolve", "forge.test:\(server.port):127.0.0.1", "--resolve",
        "other.test:\(server.port):127.0.0.1", "--token-file", tokens,
      ]
      func told(_ more: [String], _ variables: [String: String] = [:]) async throws
        -> [String: ToldWorkload]
      {
        try ToldWorkload.all(
          try await world.fetch("drift", "json", options + more, environment: variables))
      }
      let bare = try await told([])
      #expect(bare["w1"]?.message.contains("is not to be trusted") == true)
      #expect(bare["w1"]?.message.contains("--ca-file") == true)
      #expect(try server.log().isEmpty)
      let trusted = try await told(["--ca-file", certificate])
      #expect(trusted["w1"]?.status == "ok", "\(trusted["w1"]?.message ?? "")")
      #expect(trusted["w2"]?.message.contains("is not to be trusted") == true)
      #expect(try await told([], ["SSL_CERT_FILE": certificate])["w1"]?.status == "ok")
      let missing = try await told(["--ca-file", "/nonexistent"])
      #expect(missing["w1"]?.message.contains("trusted certificates cannot be read") == true)
    }
    // Nobody at the port speaks TLS.
    let mute = #"{"forge":"gitea","faults":[{"match":"connect","mode":"close"}]}"#
    try await ForgeServer.run(mute) { server in
      try await world.sql("DELETE FROM workloads")
      try await world.addWorkload(
        "w1", config: ForgeWorld.config("gitea", "https://127.0.0.1:\(server.port)"))
      let told = try ToldWorkload.all(try await world.fetch())
      #expect(told["w1"]?.message.contains("no encrypted connection") == true)
    }
  }

  @Test func proxiesAreUsedAndJudged() async throws {
    let world = try await World()
    try await ForgeServer.run(#"{"forge":"gitea"}"#) { proxy in
      try await world.addWorkload("w1", config: ForgeWorld.config("gitea", "http://127.0.0.1:9"))
      try await world.addWorkload("w2", config: ForgeWorld.config("gitea", "https://10.0.0.1"))
      try await world.addWorkload("w3", config: ForgeWorld.config("gitea", "http://example.test"))
      // The proxy would read these as the metadata address and as loopback.
      try await world.addWorkload("w4", config: ForgeWorld.config("gitea", "https://0xa9fea9fe"))
      try await world.addWorkload(
        "w5", config: ForgeWorld.config("gitea", "https://[::ffff:7f00:1]"))
      let variables = [
        "http_proxy": "http://user:hunter2@127.0.0.1:\(proxy.port)",
        "https_proxy": "http://user:hunter2@127.0.0.1:\(proxy.port)",
      ]
      let options = ["--allow-network", "10.0.0.0/8"]
      let outside = try await world.fetch(
        "drift", "json", options, environment: variables, allowing: nil)
      let refused = try ToldWorkload.all(outside)
      #expect(refused["w2"]?.message.contains("the proxy on the way to 10.0.0.1") == true)
      #expect(refused["w2"]?.message.contains("loopback") == true)
      #expect(refused["w5"]?.message.contains("IPv4-mapped") == true)
      #expect(try proxy.log().isEmpty)
      let inside = try await world.fetch(
        "drift", "json", options + ["--allow-network", "127.0.0.1"], environment: variables,
        allowing: nil)
      let told = try ToldWorkload.all(inside)
      #expect(try proxy.log().contains { $0.target.hasPrefix("http://127.0.0.1:9/api/v1/") })
      #expect(told["w2"]?.message.contains("the proxy refused the way") == true)
      #expect(told["w4"]?.message.contains("metadata service") == true)
      #expect(try !proxy.log().contains { $0.target.contains("169.254") })
      // Nobody here can judge where a proxy would send a readable request.
      #expect(told["w3"]?.message.contains("without encryption") == true)
      #expect(!(inside.output + outside.output).contains("hunter2"))
    }
  }

  /// A mistake in the option is reported once, not for each workload.
  @Test(arguments: ["a:b:127.0.0.1", "a", "a:443", "a:443:", "a:443:b", "a:0:127.0.0.1", ":1:::1"])
  func whatIsNoResolution(_ text: String) async throws {
    let world = try await World()
    let result = try await world.fetch("drift", "json", ["--resolve", text])
    #expect(result.status == 2 && result.output.contains("tinyforge.error/v1"), "\(text)")
    #expect(result.error.contains("write it as git.example.org:443:192.168.1.5"))
  }

  @Test func offlineIsALineForEach() async throws {
    let world = try await World()
    try await world.addWorkload("w1", config: ForgeWorld.config("gitea", "https://nowhere.invalid"))
    try await world.addWorkload("w2", config: ForgeWorld.config("gitea", "https://127.0.0.1:9"))
    try await world.addWorkload(
      "w3", config: #"{"provider":"gitea","repo_owner":"a","repo_name":"b"}"#)
    let astray = try await world.fetch(
      "drift", "text", environment: ["https_proxy": "http://127.0.0.1:9"])
    #expect(astray.output.contains("the proxy on the way to https://nowhere.invalid"))
    let result = try await world.fetch("drift", "text")
    #expect(result.status == 2)
    #expect(result.output.contains("the name nowhere.invalid has no address"))
    #expect(result.output.contains("no server answers at https://127.0.0.1:9"))
    #expect(result.output.contains("base_url is missing"))
    #expect(result.output.contains("3 workloads: 3 could not be read"))
  }

  /// git's own smart HTTP behind nginx: a mirror cloned from it holds what the forge's API answers.
  @Test func mirrorsFromGitsOwnServer() async throws {
    let world = try await World()
    let commit = try await git("rev-parse", "HEAD", in: world.repository)
    let (certificate, key) = try await ForgeWorld.certificate(in: world.scratch)
    let forge = ForgeWorld.forge("gitea", [("acme/shop", world.repository)])
    try await ForgeServer.run(forge) { server in
      try await Nginx.serving(
        world.scratch, repositories: world.mirrors, certificate: certificate, key: key,
        upstream: server.address
      ) { nginx in
        let address = "https://127.0.0.1:\(nginx.port)"
        try await mustRun(
          "git",
          [
            "-c", "http.sslCAInfo=\(certificate)", "clone", "-q", "--mirror",
            "\(address)/git/acme/shop.git", world.scratch.file("second/acme/shop.git"),
          ], environment: ["HOME": world.scratch.path])
        try await world.addWorkload("w1", config: ForgeWorld.config("gitea", address))
        let local = try ToldWorkload.all(
          try await world.tool(
            "drift", "--all", "--mirrors", world.scratch.file("second"), "--format", "json"))
        let remote = try ToldWorkload.all(
          try await world.fetch("drift", "json", ["--ca-file", certificate]))
        #expect(local["w1"]?.commit == commit && remote["w1"]?.commit == commit)
        #expect(local["w1"]?.json["spec"]?["raw"] == remote["w1"]?.json["spec"]?["raw"])
        #expect(remote["w1"]?.json["spec"]?["origin"]?.text == "http")
        // nginx offers HTTP/2, so one connection carried both requests by it.
        let log = String(decoding: try readFile(nginx.log), as: UTF8.self)
        let asked = log.split(separator: "\n").filter { $0.contains("/api/v1/") }
        #expect(asked.count == 2 && asked.allSatisfy { $0.hasPrefix("HTTP/2.0 ") }, "\(log)")
        #expect(Set(asked.map { $0.split(separator: " ")[1] }).count == 1)
      }
    }
  }
}
