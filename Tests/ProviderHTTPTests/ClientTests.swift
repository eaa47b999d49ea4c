import ProviderHTTP
import TestSupport
import Testing
import TinyforgeCore

/// The client against a server that misbehaves, and against addresses that it must not ask.
@Suite(.ownTime, .hangLimit) struct ClientTests {
  static let loopback = NetworkPolicy(named: [IPNetwork("127.0.0.0/8")].compactMap(\.self))

  static func client(_ change: (inout HTTPSettings) -> Void = { _ in }) throws -> HTTPClient {
    var settings = HTTPSettings()
    settings.policy = loopback
    change(&settings)
    return try HTTPClient(settings)
  }

  static func url(_ text: String) throws -> HTTPURL { try #require(HTTPURL(text)) }

  @Test(arguments: [
    ("reset", HTTPFault.Kind.brokenOff), ("close", .brokenOff), ("reset-head", .brokenOff),
    ("reset-body", .brokenOff), ("truncate", .brokenOff), ("stall", .timeout),
    ("stall-body", .timeout), ("drip", .timeout), ("endless", .tooLarge(nil)),
    ("garbage", .malformed), ("endless-head", .malformed), ("packed", .malformed),
  ])
  func misbehaviour(_ mode: String, _ kind: HTTPFault.Kind) async throws {
    let config = #"{"forge":"gitea","faults":[{"match":"","mode":"\#(mode)"}]}"#
    try await ForgeServer.run(config) { server in
      let client = try Self.client {
        $0.requestTimeout = kind == .timeout ? .milliseconds(1500) : .seconds(60)
      }
      let request = HTTPRequest(.get, try Self.url("\(server.address)/x"), bodyLimit: 65_536)
      let fault = await #expect(throws: HTTPFault.self) { try await client.send(request) }
      #expect(fault?.kind == kind, "\(String(describing: fault))")
    }
  }

  @Test func aConnectionThatIsResetAtOnceIsTriedAgain() async throws {
    let config =
      #"{"forge":"gitea","faults":[{"match":"connect","mode":"reset","times":2},{"match":"","status":204}]}"#
    try await ForgeServer.run(config) { server in
      let request = HTTPRequest(.get, try Self.url("\(server.address)/x"))
      #expect(try await Self.client().send(request).status == 204)
    }
  }

  /// A comment that was perhaps written must not be written twice.
  @Test func aPostIsNotSentAgainUnlessTheServerAsksForIt() async throws {
    let config = """
      {"forge":"gitea","faults":[{"match":"/broken","mode":"reset"},
        {"match":"/busy","status":429,"headers":{"Retry-After":"0"},"times":1},
        {"match":"/busy","status":201},{"match":"/down","status":502}]}
      """
    try await ForgeServer.run(config) { server in
      let client = try Self.client()
      let send = { (path: String) in
        try await client.send(
          HTTPRequest(.post, try Self.url(server.address + path), json: ["body": "text"]))
      }
      await #expect(throws: HTTPFault.self) { try await send("/broken") }
      #expect(try await send("/busy").status == 201)
      #expect(try await send("/down").status == 502)
      #expect(try server.log().map(\.target) == ["/broken", "/busy", "/busy", "/down"])
      #expect(try server.log().allSatisfy { $0.body == #"{"body":"text"}"# })
    }
  }

  @Test func redirectsAreAnswers() async throws {
    let config = """
      {"forge":"gitea","faults":[{"match":"/a","status":307,"headers":{"Location":"/b"}}]}
      """
    try await ForgeServer.run(config) { server in
      let response = try await Self.client().send(
        HTTPRequest(.get, try Self.url("\(server.address)/a")))
      #expect(response.status == 307)
      #expect(response[header: "location"]?.satisfies { $0 == "/b" } == true)
      #expect(try server.log().count == 1)
    }
  }

  @Test func whatFollowsABodyIsNoHead() async throws {
    let config = #"{"forge":"gitea","faults":[{"match":"","mode":"trailer"}]}"#
    try await ForgeServer.run(config) { server in
      let request = HTTPRequest(.get, try Self.url("\(server.address)/x"))
      let response = try await Self.client().send(request)
      #expect(response.status == 200 && response.body.satisfies { $0 == "version: 1\n" })
    }
  }

  @Test func connectionsAreReused() async throws {
    try await ForgeServer.run(#"{"forge":"gitea"}"#) { server in
      let client = try Self.client()
      for _ in 0..<3 {
        _ = try await client.send(HTTPRequest(.get, try Self.url("\(server.address)/x")))
      }
      #expect(try server.log().map(\.connection) == [1, 1, 1])
    }
  }
}
