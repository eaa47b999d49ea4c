/// Text in double quotes with backslashes, as git writes names with unusual bytes.
enum QuotedText {
  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10,
    UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
  ]

  /// Takes quoted text off the start; nil, with nothing taken, where it is malformed.
  static func taken(from text: inout ArraySlice<UInt8>) -> [UInt8]? {
    var rest = text.dropFirst()
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""):
        text = rest
        return bytes
      case UInt8(ascii: "\\"):
        guard let escaped = escaped(&rest) else { return nil }
        bytes.append(escaped)
      default: bytes.append(byte)
      }
    }
    return nil
  }

  /// A letter, or three octal digits.
  private static func escaped(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
    guard let first = rest.first else { return nil }
    if let byte = escapes[first] {
      rest.removeFirst()
      return byte
    }
    let digits = rest.prefix(3)
    guard digits.count == 3, digits.allSatisfy({ (48...55).contains($0) }) else { return nil }
    rest = rest.dropFirst(3)
    return UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
  }
}
