/// The id of an object in git, such as a commit.
package enum ObjectID {
  /// Whether a text is a whole id as git writes it: 40 hexadecimal digits in lower case, or 64 in a
  /// repository of SHA-256.
  package static func isWhole(_ text: String) -> Bool {
    (text.utf8.count == 40 || text.utf8.count == 64) && text.utf8.allSatisfy(isDigit)
  }

  /// Whether git may take a text for an id or the beginning of one: four digits or more, of either case.
  package static func mayBeShort(_ text: String) -> Bool {
    text.utf8.count >= 4 && text.utf8.allSatisfy { isDigit($0) || (0x41...0x46).contains($0) }
  }

  /// The beginning of an id, as messages and reports show it.
  package static func short(_ id: String) -> String { String(id.prefix(12)) }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
