// Decoding the source's bytes into the buffer.
extension YAMLInput {
  /// Decodes the whole piece, except for a character that is cut off at its end.
  mutating func decodePiece() throws(YAMLError) {
    switch encoding {
    case .utf16LittleEndian: try decodeUTF16(low: 0, high: 1)
    case .utf16BigEndian: try decodeUTF16(low: 1, high: 0)
    case .utf8, nil: try decodeUTF8()
    }
  }

  private mutating func decodeUTF8() throws(YAMLError) {
    while !piece.isEmpty {
      let octet = source[piece.lowerBound]
      if octet < 0x80 {
        try accept(UInt32(octet), width: 1)
      } else {
        guard try decodeUTF8Sequence(octet) else { return }
      }
    }
  }

  /// Decodes a sequence of several bytes; false where it is cut off at the end of the piece.
  private mutating func decodeUTF8Sequence(_ leading: UInt8) throws(YAMLError) -> Bool {
    let width = leading.sequenceLength
    guard width > 1 else { throw failure("a byte that starts no UTF-8 character") }
    guard width <= piece.count else {
      if isExhausted { throw failure("a UTF-8 character that is cut off") }
      return false
    }
    var value = UInt32(leading) & (width == 2 ? 0x1F : width == 3 ? 0x0F : 0x07)
    for offset in 1..<width {
      let octet = source[piece.lowerBound + offset]
      guard octet & 0xC0 == 0x80 else {
        throw failure("a byte that continues no UTF-8 character", offset: offset)
      }
      value = value << 6 + UInt32(octet & 0x3F)
    }
    guard value >= (width == 2 ? 0x80 : width == 3 ? 0x800 : 0x10000) else {
      throw failure("a UTF-8 character that is longer than it must be")
    }
    guard !(0xD800...0xDFFF).contains(value), value <= 0x10FFFF else {
      throw failure("a UTF-8 sequence that encodes no Unicode character")
    }
    try accept(value, width: width)
    return true
  }

  private mutating func decodeUTF16(low: Int, high: Int) throws(YAMLError) {
    while !piece.isEmpty {
      guard piece.count >= 2 else {
        if isExhausted { throw failure("a UTF-16 character that is cut off") }
        return
      }
      let unit = utf16Unit(low: low, high: high)
      guard unit & 0xFC00 != 0xDC00 else {
        throw failure("the second half of a UTF-16 surrogate pair without the first")
      }
      if unit & 0xFC00 == 0xD800 {
        guard try decodeSurrogatePair(unit, low: low, high: high) else { return }
      } else {
        try accept(unit, width: 2)
      }
    }
  }

  /// Decodes a surrogate pair; false where it is cut off at the end of the piece.
  private mutating func decodeSurrogatePair(
    _ first: UInt32, low: Int, high: Int
  ) throws(YAMLError) -> Bool {
    guard piece.count >= 4 else {
      if isExhausted { throw failure("a UTF-16 surrogate pair that is cut off") }
      return false
    }
    let second = utf16Unit(low: low + 2, high: high + 2)
    guard second & 0xFC00 == 0xDC00 else {
      throw failure("the first half of a UTF-16 surrogate pair without the second", offset: 2)
    }
    try accept(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF, width: 4)
    return true
  }

  private func utf16Unit(low: Int, high: Int) -> UInt32 {
    UInt32(source[piece.lowerBound + low]) | UInt32(source[piece.lowerBound + high]) << 8
  }

  /// Takes `width` bytes from the piece and puts the character that they encode into the buffer.
  @inline(__always)
  private mutating func accept(_ value: UInt32, width: Int) throws(YAMLError) {
    guard Self.isAllowed(value) else {
      throw failure("a control character (\(Self.name(of: value)))")
    }
    piece = (piece.lowerBound + width)..<piece.upperBound
    unread += 1
    if value < 0x80 {
      try store(UInt8(truncatingIfNeeded: value))
    } else {
      try storeSequence(value)
    }
  }

  private mutating func storeSequence(_ value: UInt32) throws(YAMLError) {
    var bytes: [UInt8] = []
    bytes.appendUTF8(value)
    for byte in bytes { try store(byte) }
  }

  /// YAML's printable characters.
  ///
  /// `#x9 | #xA | #xD | [#x20-#x7E] | #x85 | [#xA0-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]`
  @inline(__always) private static func isAllowed(_ value: UInt32) -> Bool {
    if value >= 0x20 && value <= 0x7E { return true }
    return switch value {
    case 0x09, 0x0A, 0x0D, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  private static func name(of value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private func failure(_ problem: YAMLError.Problem, offset: Int = 0) -> YAMLError {
    YAMLError(.reader, problem, byteOffset: piece.lowerBound + offset)
  }
}
