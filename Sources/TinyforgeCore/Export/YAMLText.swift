/// Writes values as YAML that the server, and every reader of YAML 1.1 or 1.2, reads as they are.
enum YAMLText {
  /// How a text is written.
  enum Style { case plain, singleQuoted, doubleQuoted }

  /// A value on one line; a text in that style if it can be written so.
  static func scalar(_ value: FieldValue, style: Style = .plain) -> String {
    switch value {
    case .integer(let number): String(number)
    case .text(let text): scalar(text, style)
    }
  }

  private static func scalar(_ text: String, _ style: Style) -> String {
    switch style {
    case .plain where isPlain(text): text
    case .singleQuoted
    where text.unicodeScalars.allSatisfy { !needsEscape($0) } && text.parted(atFirst: "##") == nil:
      "'" + text.replacingBytes(of: "'", with: "''") + "'"
    default: quoted(text)
    }
  }

  /// Whether a text is one without quotes too: a path, or a word that is not another value of YAML.
  private static func isPlain(_ text: String) -> Bool {
    let isPath = text.utf8.first == UInt8(ascii: "/")
    let isWord = ["recreate", "blue-green"].contains { $0.hasSameBytes(as: text) }
    guard isPath || isWord else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "/._-~+=@".utf8.contains(byte)
      }
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    var last: Unicode.Scalar = "/"
    for scalar in text.unicodeScalars {
      defer { last = scalar }
      switch scalar {
      // A runner that shows the text would take it for a command.
      case "#" where last == "#": quoted += escape(scalar)
      case "\"", "\\": quoted += "\\\(scalar)"
      case let scalar where needsEscape(scalar): quoted += escape(scalar)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// What YAML forbids, folds or takes for a line break, and what a person does not see.
  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isUnsafeToShow || scalar == "\u{A0}" || scalar.properties.isNoncharacterCodePoint
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    switch scalar.value {
    case ...0xFF: return "\\x" + String(repeating: "0", count: 2 - digits.utf8.count) + digits
    case ...0xFFFF: return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    default: return "\\U" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
  }
}
