import Testing
import TinyforgeCore

struct MaskingTests {
  static let token = "ghp_" + String(repeating: "a1B2c3", count: 6)

  @Test(arguments: [
    "/health?token=\(token)", "/\(token)", "a\n\(token)\nb", "https://u:\(token)@h/x",
  ])
  func credentialsAreMasked(_ text: String) {
    let masked = text.withoutCredentials
    #expect(!masked.contains(Self.token) && masked.contains("****"))
    #expect(masked.unicodeScalars.count == text.unicodeScalars.count)
  }

  /// The shortest of known tokens and of random ones: lines without a word of that length are not searched for them.
  @Test(arguments: ["xoxb-1a2b3c4d5e6f", "aB3dE6gH9jK2mN5pQ8sT"])
  func theShortestTokensAreMasked(_ token: String) {
    let mark = String(repeating: "*", count: token.count)
    #expect("a \(token) b".withoutCredentials == "a \(mark) b")
  }

  @Test(arguments: ["", "/healthz", "blue-green", "/path/with/ünïcode", "a:b"])
  func whatIsNoneStays(_ text: String) { #expect(text.withoutCredentials == text) }

  @Test func valuesAreMaskedWithinOthers() {
    let value: JSONValue = [
      "a": ["x", .string(Self.token)], "access_token": "hunter2hunter2", "n": 5, "b": .null,
    ]
    #expect(
      JSONWriter.compact(value.withoutCredentials)
        == #"{"a":["x","\#(String(repeating: "*", count: 40))"],"access_token":"**************","#
        + #""n":5,"b":null}"#)
  }
}
