// Bytes compared with characters as they are written in a grammar.

/// Whether a byte is an ASCII character, for patterns.
@inline(__always) package func ~= (character: Unicode.Scalar, byte: UInt8) -> Bool {
  UInt32(byte) == character.value
}

/// Whether a byte is an ASCII character.
@inline(__always) package func == (byte: UInt8, character: Unicode.Scalar) -> Bool {
  UInt32(byte) == character.value
}

/// Whether a byte is another character than an ASCII one.
@inline(__always) package func != (byte: UInt8, character: Unicode.Scalar) -> Bool {
  UInt32(byte) != character.value
}

extension UInt8 {
  /// Whether it is a decimal digit.
  @inline(__always) package var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// A letter, a digit, `_` or `-`: what names of anchors, tag handles and directives are made of.
  @inline(__always) package var isNameCharacter: Bool {
    isDigit || isLetter || self == "_" || self == "-"
  }

  /// Whether it is an ASCII letter.
  @inline(__always) package var isLetter: Bool {
    (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A
  }

  /// The value of a hexadecimal digit.
  @inline(__always) package var hexValue: Int? {
    if isDigit { return Int(self) - 0x30 }
    let lower = self | 0x20
    return lower >= 0x61 && lower <= 0x66 ? Int(lower) - 0x61 + 10 : nil
  }

  /// The length of the UTF-8 sequence that the byte leads; zero for a byte that leads none.
  @inline(__always) package var sequenceLength: Int {
    if self & 0x80 == 0x00 { return 1 }
    if self & 0xE0 == 0xC0 { return 2 }
    if self & 0xF0 == 0xE0 { return 3 }
    return self & 0xF8 == 0xF0 ? 4 : 0
  }
}

extension [UInt8] {
  /// Removes all bytes and keeps the memory.
  ///
  /// Most arrays that are emptied are empty already, which the standard library takes long to find.
  @inline(__always) mutating func empty() {
    if !isEmpty { removeAll(keepingCapacity: true) }
  }

  /// Appends the UTF-8 of a code point, surrogates included.
  package mutating func appendUTF8(_ value: UInt32) {
    if value <= 0x7F {
      append(UInt8(truncatingIfNeeded: value))
    } else if value <= 0x7FF {
      append(UInt8(truncatingIfNeeded: 0xC0 + (value >> 6)))
      append(UInt8(truncatingIfNeeded: 0x80 + (value & 0x3F)))
    } else if value <= 0xFFFF {
      append(UInt8(truncatingIfNeeded: 0xE0 + (value >> 12)))
      append(UInt8(truncatingIfNeeded: 0x80 + ((value >> 6) & 0x3F)))
      append(UInt8(truncatingIfNeeded: 0x80 + (value & 0x3F)))
    } else {
      append(UInt8(truncatingIfNeeded: 0xF0 + (value >> 18)))
      append(UInt8(truncatingIfNeeded: 0x80 + ((value >> 12) & 0x3F)))
      append(UInt8(truncatingIfNeeded: 0x80 + ((value >> 6) & 0x3F)))
      append(UInt8(truncatingIfNeeded: 0x80 + (value & 0x3F)))
    }
  }
}
