import TestSupport
import Testing
import TinyforgeCore

/// A forge that fails is left alone for the rest of the run.
@Suite(.ownTime, .hangLimit) struct ForgeDownTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var forge = "gitea"
    /// What the requests have in common that fail.
    var match = ""
    var fault: String
    /// How many requests one reader sends before it stops.
    var requests: Int
    /// The message for the other workloads.
    var reason: String
  }

  static let cases = [
    Case(
      testDescription: "bad gateway", fault: #""status":502"#, requests: 15,
      reason: "failed on its own side (502)"),
    Case(
      testDescription: "maintenance",
      fault: #""status":503,"headers":{"Retry-After":"3600"}"#, requests: 5,
      reason: "try again in 60 min"),
    Case(
      testDescription: "closed", fault: #""mode":"close""#, requests: 15,
      reason: "broke the connection off"),
    Case(
      testDescription: "no JSON, no HTTP", fault: #""mode":"garbage""#, requests: 5,
      reason: "not readable HTTP"),
    Case(
      testDescription: "unauthorized", fault: #""status":401"#, requests: 5,
      reason: "refuses the token (401)"),
    Case(
      testDescription: "a web page",
      fault: #""status":200,"headers":{"Content-Type":"text/html"},"body":"<html>""#, requests: 5,
      reason: "answers with a web page"),
    Case(
      testDescription: "limit by 429",
      fault: #""status":429,"headers":{"Retry-After":"3600"}"#, requests: 1,
      reason: "exceeded for now (429)"),
    Case(
      testDescription: "limit by 403",
      fault:
        #""status":403,"headers":{"X-RateLimit-Remaining":"0","X-RateLimit-Reset":"99999999999"}"#,
      requests: 1, reason: "exceeded for now (403)"),
    Case(
      testDescription: "secondary limit",
      fault:
        #""status":403,"body":"{\"message\":\"You have exceeded a secondary rate limit.\"}""#,
      requests: 1, reason: "exceeded for now (403)"),
  ]

  /// The commit's request succeeds, which says nothing of the files; where two requests take a workload that far, one reader
  /// sends three for each.
  static let fileCases = [
    ("gitea", "/raw/", 1), ("gitlab", "/files/", 1), ("github", "/contents/", 2),
  ].flatMap {
    (forge, match, commits) in
    [
      ("bad gateway", #""status":502"#, 3, "failed on its own side (502)"),
      ("failure", #""status":500"#, 1, "failed on its own side (500)"),
      ("unauthorized", #""status":401"#, 1, "refuses the token (401)"),
      ("bad request", #""status":400"#, 1, "answered 400"),
      ("proxy", #""status":407"#, 1, "answered 407"),
      ("slow", #""status":408"#, 1, "answered 408"),
      ("nothing", #""status":204"#, 1, "answered 204"),
      ("cut off", #""mode":"truncate","body":"version""#, 3, "broke the connection off"),
      (
        "login", #""status":302,"headers":{"Location":"/user/login"}"#, 1,
        "redirects to another place (302)"
      ),
      (
        "other login", #""status":303,"headers":{"Location":"https://login.example.org/api/v1/x"}"#,
        1,
        "redirects to another place (303)"
      ),
      ("page", #""status":200,"body":"<!-- login --><html>""#, 1, "answers with a web page"),
      (
        "large page", #""status":200,"body":"<html>\#(String(repeating: "x", count: 70_000))""#, 1,
        "a large web page"
      ),
    ].map { name, fault, attempts, reason in
      Case(
        testDescription: "\(forge), files: \(name)", forge: forge, match: match, fault: fault,
        requests: 5 * (commits + attempts), reason: reason)
    }
  }

  static let commitCases = [
    Case(
      testDescription: "cut-off JSON", fault: #""status":200,"body":"{\"commit\":{\"id\":\"aa""#,
      requests: 5, reason: "answers with something else than a forge does")
  ]

  @Test(arguments: cases + fileCases + commitCases)
  func isLeftAlone(_ one: Case) async throws {
    let world = try await World()
    let down = ForgeWorld.forge(
      one.forge, (0..<20).map { ("acme/r\($0)", world.repository) },
      more: #","faults":[{"match":"\#(one.match)",\#(one.fault)}]"#)
    let good = ForgeWorld.forge("gitea", [("acme/shop", world.repository)])
    try await ForgeServer.run(down) { down in
      try await ForgeServer.run(good) { good in
        for index in 0..<20 {
          try await world.addWorkload(
            "w\(index)", config: ForgeWorld.config(one.forge, down.address, name: "r\(index)"))
        }
        try await world.addWorkload("good", config: ForgeWorld.config("gitea", good.address))
        let tokens = "\(down.address) \(ForgeWorld.token)\n\(good.address) \(ForgeWorld.token)"
        let result = try await world.fetch(
          "drift", "json", ["--no-cache", "--jobs", "1"],
          environment: ["TINYFORGE_TOKEN": tokens])
        #expect(result.status == 2)
        let told = try ToldWorkload.all(result)
        #expect(told["good"]?.status == "ok", "\(told["good"]?.message ?? "")")
        let asked = try down.log().map(\.target)
        #expect(asked.count == one.requests, "\(asked)")
        let skipped = told.values.filter { $0.message.hasPrefix("skipped: \(down.address) is not") }
        #expect(skipped.count == (one.requests == 1 ? 19 : 15))
        #expect(
          skipped.allSatisfy { $0.status == "fetch_failed" && $0.message.contains(one.reason) })
      }
    }
  }

  /// Only failures in a row count, and an answer about one repository is not a failure of its forge.
  @Test(arguments: [
    #"{"match":"","status":401,"times":4}"#, #"{"match":"/raw/","status":502,"times":12}"#,
    #"{"match":"/gone","status":404}"#,
    #"{"match":"/gone","status":301,"headers":{"Location":"/api/v1/repos/acme/shop"}}"#,
    #"{"match":"/gone","status":403,"body":"{\"message\":\"blocked\"}"}"#,
  ])
  func isAskedAgain(_ fault: String) async throws {
    let world = try await World()
    let forge = ForgeWorld.forge(
      "gitea", [("acme/shop", world.repository)], more: #","faults":[\#(fault)]"#)
    try await ForgeServer.run(forge) { server in
      for index in 0..<20 {
        let name = fault.contains("gone") && index < 10 ? "gone" : "shop"
        try await world.addWorkload(
          "w\(index)", config: ForgeWorld.config("gitea", server.address, name: name))
      }
      let result = try await world.fetch("drift", "json", ["--no-cache", "--jobs", "1"])
      let told = try ToldWorkload.all(result)
      #expect(
        told.values.count { $0.status == "ok" } == (fault.contains("gone") ? 10 : 16),
        "\(result.output)")
    }
  }

  /// A GitLab job's own token has a header of its own, and goes to the job's forge alone.
  @Test(arguments: ["old-form-job-token", "glcbt-64_abc"], [true, false])
  func jobTokens(_ token: String, _ isWrittenDown: Bool) async throws {
    let world = try await World()
    let forge = ForgeWorld.forge("gitlab", [("acme/shop", world.repository)])
      .replacing(ForgeWorld.token, with: token)
    try await ForgeServer.run(forge) { own in
      try await ForgeServer.run(forge) { other in
        try await world.addWorkload("w1", config: ForgeWorld.config("gitlab", own.address))
        try await world.addWorkload("w2", config: ForgeWorld.config("gitlab", other.address))
        let variables = [
          "GITLAB_CI": "true", "CI_API_V4_URL": "\(own.address)/api/v4", "CI_JOB_TOKEN": token,
        ].merging(isWrittenDown ? ["TINYFORGE_TOKEN": token] : [:]) { $1 }
        let result = try await world.fetch("drift", "json", ["--no-cache"], environment: variables)
        let told = try ToldWorkload.all(result)
        #expect(told["w1"]?.status == "ok" && told["w2"]?.status == "fetch_failed", "\(result)")
        #expect(try own.log().allSatisfy { $0.headers["job-token"] == token })
        #expect(try own.log().allSatisfy { $0.headers["private-token"] == nil })
        #expect(try other.log().allSatisfy { !$0.headers.values.contains(token) })
        #expect(!(result.output + result.error).contains(token))
      }
    }
  }
}
