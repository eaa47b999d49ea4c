/// Base64 as Go's `base64.StdEncoding` decodes it.
enum YAMLBase64 {
  /// Decodes a text; nil where it is not valid.
  ///
  /// CR and LF are skipped everywhere; the padding must be there and end the text; bits left
  /// over need not be zero.
  static func decode(_ text: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    var padding = 0
    for character in text where character != 0x0A && character != 0x0D {
      if character == "=" {
        padding += 1
        continue
      }
      guard padding == 0, let value = value(of: character) else { return nil }
      bits = bits << 6 | value
      count += 1
      guard count % 4 == 0 else { continue }
      append(bits, 3, to: &bytes)
      bits = 0
    }
    switch (count % 4, padding) {
    case (0, 0): break
    case (2, 2): append(bits << 12, 1, to: &bytes)
    case (3, 1): append(bits << 6, 2, to: &bytes)
    default: return nil
    }
    return bytes
  }

  /// Appends the upper bytes of 24 bits.
  private static func append(_ bits: UInt32, _ number: Int, to bytes: inout [UInt8]) {
    for index in 0..<number {
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * index)))
    }
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case 0x41...0x5A: UInt32(character) - 0x41
    case 0x61...0x7A: UInt32(character) - 0x61 + 26
    case 0x30...0x39: UInt32(character) - 0x30 + 52
    case "+": 62
    case "/": 63
    default: nil
    }
  }
}
