/// The tags that the server's decoder knows.
package enum YAMLTag {
  /// Nothing.
  package static let null = "!!null"
  /// true or false.
  package static let bool = "!!bool"
  /// A text.
  package static let string = "!!str"
  /// An integer.
  package static let int = "!!int"
  /// A floating-point number.
  package static let float = "!!float"
  /// A date or a time.
  package static let timestamp = "!!timestamp"
  /// A list.
  package static let sequence = "!!seq"
  /// A mapping.
  package static let mapping = "!!map"
  /// Bytes in base64.
  package static let binary = "!!binary"
  /// The key `<<`.
  package static let merge = "!!merge"

  /// The prefix that `!!` abbreviates.
  static let longPrefix = Array("tag:yaml.org,2002:".utf8)

  /// The tag with `!!` in place of its prefix.
  package static func shortened(_ tag: [UInt8]) -> String {
    guard tag.starts(with: longPrefix) else { return String(decoding: tag, as: UTF8.self) }
    return "!!" + String(decoding: tag.dropFirst(longPrefix.count), as: UTF8.self)
  }

  /// Whether a scalar's text is interpreted under this tag; every other tag leaves it as it is.
  static func isResolvable(_ tag: String) -> Bool {
    switch tag {
    case string, bool, int, float, null, timestamp: true
    default: false
    }
  }
}
