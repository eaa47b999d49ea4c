import TestSupport
import Testing
import TinyforgeCore

/// How much a forge may send, how long it may take, and whom that may hold up.
@Suite(.ownTime, .hangLimit) struct ForgeBoundsTests {
  /// The file itself: cut off, packed, longer than declared or too large.
  @Test func badBodies() async throws {
    let world = try await World()
    let bodies: [(String, String, String, String)] = [
      ("trunc", #""mode":"truncate""#, "fetch_failed", "broke the connection off"),
      ("bomb", #""mode":"bomb""#, "fetch_failed", "compressed"),
      ("packed", #""mode":"packed""#, "fetch_failed", "not readable HTTP"),
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
      // A login or a challenge in the place of the file is not a spec, by its type and by its text.
      (
        "page",
        #""status":200,"headers":{"Content-Type":"text/html; charset=utf-8"},"body":"version: 1\n""#,
        "fetch_failed", "a web page"
      ),
      (
        "challenge", #""status":200,"body":" \n<!DOCTYPE HTML><html>""#, "fetch_failed",
        "a web page"
      ),
      (
        "largepage", #""status":200,"body":"<html>\#(String(repeating: "x", count: 65_537))""#,
        "fetch_failed", "a large web page"
      ),
      ("mergekey", #""status":200,"body":"<<: {version: 1}\nversion: 1\n""#, "ok", ""),
      ("lessthan", #""status":200,"body":"<: 1\n""#, "invalid", ""),
      ("comment", #""status":200,"body":" # <html>\nversion: 1\n""#, "ok", ""),
      (
        "lfs", #""status":200,"body":"version https://git-lfs.github.com/spec/v1\n""#, "invalid",
        "LFS"
      ),
    ]
    let pages = [
      "<!-- x --><html>", "<?xml version='1.0'?><html/>", "\\ufeff<html>", "\\r\\n\\t <html>",
      "<!doctype html>", "<!DocType HTML>", "<head>", "<script>", "<svg>", "<div class='x'>",
      "<H1>", "<a>",
      "</html>", "\\ufeff\\n<!--", "\\ufffd\\ufffd<\\u0000!\\u0000",
    ]
    let cases =
      bodies
      + pages.enumerated().map { number, page in
        (
          "page\(number)",
          #""status":200,"headers":{"Content-Type":"text/plain"},"body":"\#(page)""#,
          "fetch_failed", "a web page"
        )
      }
    let faults = cases.map { #"{"match":"/acme/\#($0.0)/raw/",\#($0.1)}"# }
    let forge = ForgeWorld.forge(
      "gitea", cases.map { ("acme/\($0.0)", world.repository) },
      more: #","faults":[\#(faults.joined(separator: ",").replacing("\n", with: "\\n"))]"#)
    try await ForgeServer.run(forge) { server in
      var told: [String: ToldWorkload] = [:]
      // One a run: a forge that fails is left alone.
      for one in cases {
        try await world.addWorkload(
          one.0, config: ForgeWorld.config("gitea", server.address, name: one.0))
        told.merge(try ToldWorkload.all(try await world.fetch())) { $1 }
        try await world.sql("DELETE FROM workloads")
      }
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
