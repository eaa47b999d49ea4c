import TinyforgeCore

/// Text of others in HTML: in an element, or in an attribute between double quotes.
///
/// Never for a script, a style, a comment, an address or the name of an attribute: no text of others
/// goes there.
package enum HTMLText {
  /// Markup is escaped; what would change how other text reads is shown as an escape.
  ///
  /// The same text stands in both places; only line breaks of a text of several lines are kept.
  package static func encoded(_ text: String, keepingLines: Bool = false) -> String {
    guard keepingLines, text.utf8.contains(UInt8(ascii: "\n")) else {
      return escaped(text.shownSafely)
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { escaped(String($0).shownSafely) }.joined(separator: "\n")
  }

  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: isMarkup) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      if isMarkup(byte) {
        bytes += "&#\(byte);".utf8
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
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
