import Forges
import ProviderHTTP
import TestSupport
import Testing
import TinyforgeCore

/// Posts that the forge refuses.
extension StickyPosterTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var settings: [JSONValue.Member] = []
    var fault: [JSONValue.Member] = []
    var token = "secret-token-1"
    var message: String
  }

  @Test(
    arguments: ForgeKind.allCases,
    [
      Refusal(
        testDescription: "closed", settings: [.init("request", ["state": "closed"])],
        message: "acme/shop"),
      Refusal(
        testDescription: "merged", settings: [.init("request", ["state": "merged"])],
        message: "is merged"),
      Refusal(
        testDescription: "locked", settings: [.init("request", ["locked": true])],
        message: "is locked"),
      Refusal(testDescription: "token", token: "other-token", message: "rejects the token"),
      Refusal(
        testDescription: "limit used up",
        fault: [
          .init("status", 403), .init("body", #"{"message":"API rate limit exceeded"}"#),
          .init(
            "headers", ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "99999999999"]),
        ], message: "takes no more requests"),
      Refusal(
        testDescription: "too often",
        fault: [.init("status", 429), .init("headers", ["Retry-After": "3600"])],
        message: "again in 3600 s"),
      Refusal(
        testDescription: "gone", fault: [.init("status", 404), .init("body", "{}")],
        message: "shows no"),
      Refusal(
        testDescription: "no JSON", fault: [.init("status", 200), .init("body", "<html>")],
        message: "does not answer as"),
      Refusal(
        testDescription: "moved",
        fault: [.init("status", 301), .init("headers", ["Location": "https://x.invalid/"])],
        message: "301"),
      Refusal(
        testDescription: "hostile",
        fault: [
          .init("status", 500),
          .init(
            "body",
            .string(
              JSONWriter.compact([
                "message": "secret-token-1 %73ecret-token-1 \u{1B}[2J\n::error::x\n##[group]"
              ]))),
        ], message: "500 (\"[token] [token] \\u{1b}[2J\\n::error::x"),
      Refusal(
        testDescription: "no answer", fault: [.init("mode", "reset")], message: "127.0.0.1"),
    ])
  func refusals(_ forge: ForgeKind, _ refusal: Refusal) async throws {
    let faults =
      refusal.fault.isEmpty
      ? [] : [JSONValue.Member("faults", [.object([.init("match", "/7")] + refusal.fault)])]
    try await Place.run(forge, refusal.settings, more: faults) { place async throws in
      let failure = await #expect(throws: Failure.self) {
        try await place.poster(token: refusal.token).post(place.comment("red"), hasFindings: true)
      }
      let told = (failure?.message ?? "") + (failure?.remedy?.text ?? "")
      #expect(told.contains(refusal.message), "\(told)")
      #expect(!told.contains("secret-token") && !told.unicodeScalars.contains { $0.isUnsafeToShow })
      #expect(try place.standing().isEmpty)
    }
  }
}
