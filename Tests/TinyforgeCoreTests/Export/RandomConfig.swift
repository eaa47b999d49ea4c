import TestSupport
import TinyforgeCore

extension LiveConfig {
  /// A live config with any of the declared fields, and one that no spec declares.
  static func random(_ random: inout SeededGenerator) throws -> LiveConfig {
    var members: [JSONValue.Member] = [.init("memory", .number("12345678901234567890"))]
    if Bool.random(using: &random) {
      members.append(.init("port", .integer(Int.random(in: 1...65_535, using: &random))))
    }
    if Int.random(in: 0..<4, using: &random) > 0 {
      members.append(.init("healthcheck", .string(randomPath(&random))))
    }
    if Bool.random(using: &random) {
      let strategy = ["recreate", "blue-green", ""].randomElement(using: &random) ?? ""
      members.append(.init("deploy_strategy", .string(strategy)))
    }
    return try LiveConfig(JSONWriter.compact(.object(members)))
  }

  /// Paths of what YAML, shells and people stumble over.
  private static func randomPath(_ random: inout SeededGenerator) -> String {
    let pieces = [
      "a", "healthz", "/", "#", "##[", ": ", ":", "'", "\"", "\\", "{", "}", "[", "]", ",", "&",
      "*", "!",
      "|", ">", "%", "@",
      "`", "?", "-", "---", "...", "<<", "~", "null", "0x1F", "1e3", "010", "é", "e\u{301}", "日本",
      "🚀", "\u{200B}",
      "\u{202E}", "\u{FEFF}", "\u{E000}", "\u{10FFFD}", "\u{AD}", "\u{7E}", "=", "x".padding(1_500),
      "true", String(decoding: [0xEF, 0xB7, 0x90], as: UTF8.self),
    ]
    if Int.random(in: 0..<8, using: &random) == 0 { return "" }
    return (0..<Int.random(in: 0...5, using: &random)).reduce("/") { text, _ in
      text + (pieces.randomElement(using: &random) ?? "")
    }
  }
}

extension String {
  fileprivate func padding(_ count: Int) -> String { String(repeating: self, count: count) }
}
