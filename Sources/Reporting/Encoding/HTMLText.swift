import TinyforgeCore

/// Text of others in HTML: in an element, or in an attribute between double quotes.
///
/// Never for a script, a style, a comment, an address or the name of an attribute: no text of others
/// goes there.
package enum HTMLText {
  /// Markup is escaped; what would change how other text reads is shown as an escape.
  ///
  /// The text is the same in both places; only line breaks of a text of several lines are kept.
  package static func encoded(_ text: String, keepingLines: Bool = false) -> String {
    guard keepingLines, text.utf8.contains(UInt8(ascii: "\n")) else {
      return escaped(text.shownSafely)
    }
    return text.splitAtScalar("\n").map { escaped(String($0).shownSafely) }.joined(separator: "\n")
  }

  /// A message of the tools: what is between backticks in it, and a field that it begins with, as code.
  package static func message(_ text: String) -> String {
    ProseParts.parts(of: text).map { part in
      switch part {
      case .words(let text): encoded(text)
      case .code(let text): "<code>\(encoded(text))</code>"
      }
    }.joined()
  }

  private static func escaped(_ text: String) -> String {
    text.replacingBytes { isMarkup($0) ? "&#\($0);" : nil }
  }

  private static func isMarkup(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }
}
