/// The tags that the server's decoder knows.
enum YAMLTag {
  static let null = "!!null"
  static let bool = "!!bool"
  static let string = "!!str"
  static let int = "!!int"
  static let float = "!!float"
  static let timestamp = "!!timestamp"
  static let sequence = "!!seq"
  static let mapping = "!!map"
  static let binary = "!!binary"
  static let merge = "!!merge"

  /// What `!!` stands for.
  static let longPrefix = Array("tag:yaml.org,2002:".utf8)

  /// The tag with `!!` in place of what that stands for.
  static func shortened(_ tag: [UInt8]) -> String {
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
