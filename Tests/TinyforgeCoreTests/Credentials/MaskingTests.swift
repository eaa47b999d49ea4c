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
