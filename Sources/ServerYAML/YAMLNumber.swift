/// Numbers as Go's `strconv` and the decoder's own rules read them.
enum YAMLNumber {
  /// Reads a text that starts with a digit or a sign; nil if it is not a number.
  static func resolve(_ text: [UInt8]) -> (tag: String, value: YAMLScalar)? {
    let plain = text.contains(0x5F) ? text.filter { $0 != 0x5F } : text
    if let found = integer(plain[...], base: nil) { return (YAMLTag.int, found) }
    if let number = float(plain) { return (YAMLTag.float, .float(number)) }
    if let found = prefixed(plain, "b", base: 2) ?? prefixed(plain, "o", base: 8) {
      return (YAMLTag.int, found)
    }
    return nil
  }

  /// `ParseInt`, and `ParseUint` where that finds nothing.
  private static func integer(_ text: ArraySlice<UInt8>, base: UInt64?) -> YAMLScalar? {
    if let number = signed(text, base: base) { return .int(number) }
    if let number = magnitude(text, base: base) { return .uint(number) }
    return nil
  }

  /// `0b` and `0o` with a sign after the prefix, or `-` before it.
  ///
  /// All else with these prefixes is read already, with the prefix as part of Go's syntax.
  private static func prefixed(
    _ text: [UInt8], _ letter: Unicode.Scalar, base: UInt64
  ) -> YAMLScalar? {
    if text.count >= 2, text[0] == "0", text[1] == letter {
      return integer(text[2...], base: base)
    }
    if text.count >= 3, text[0] == "-", text[1] == "0", text[2] == letter {
      return signed([0x2D] + text[3...], base: base).map { .int($0) }
    }
    return nil
  }

  /// `strconv.ParseInt` with 64 bits; nil for an error.
  private static func signed(_ text: ArraySlice<UInt8>, base: UInt64?) -> Int64? {
    let isNegative = text.first == 0x2D
    let digits = isNegative || text.first == 0x2B ? text.dropFirst() : text
    guard let number = magnitude(digits, base: base) else { return nil }
    if !isNegative { return Int64(exactly: number) }
    return number <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- number) : nil
  }

  /// `strconv.ParseUint` with 64 bits, without underscores; nil for an error.
  ///
  /// Where no base is given, a prefix decides it, and a leading zero alone means octal.
  private static func magnitude(_ text: ArraySlice<UInt8>, base: UInt64?) -> UInt64? {
    guard let first = text.first else { return nil }
    var base = base
    var digits = text
    if base == nil && first == "0" {
      base = prefixBase(text)
      digits = base == nil ? text.dropFirst() : text.dropFirst(2)
      if base == nil { base = 8 }
    }
    return value(digits, base: base ?? 10)
  }

  private static func prefixBase(_ text: ArraySlice<UInt8>) -> UInt64? {
    guard text.count >= 3 else { return nil }
    return switch text[text.startIndex + 1] | 0x20 {
    case "b": 2
    case "o": 8
    case "x": 16
    default: nil
    }
  }

  private static func value(_ digits: ArraySlice<UInt8>, base: UInt64) -> UInt64? {
    var number: UInt64 = 0
    for character in digits {
      guard let digit = character.hexValue.map({ UInt64($0) }), digit < base else { return nil }
      let (product, isTooLarge) = number.multipliedReportingOverflow(by: base)
      let (sum, isStillTooLarge) = product.addingReportingOverflow(digit)
      guard !isTooLarge, !isStillTooLarge else { return nil }
      number = sum
    }
    return number
  }
}

// Floating point.
extension YAMLNumber {
  /// A text of the form `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`; nil for any other, and
  /// for a number beyond all that a double holds.
  private static func float(_ text: [UInt8]) -> Double? {
    var rest = text[...]
    skipSign(&rest)
    let whole = skipDigits(&rest)
    if rest.first == 0x2E {
      rest = rest.dropFirst()
      let fraction = skipDigits(&rest)
      guard whole + fraction > 0 else { return nil }
    } else if whole == 0 {
      return nil
    }
    guard skipExponent(&rest), rest.isEmpty else { return nil }
    return double(text)
  }

  /// `strconv.ParseFloat` for a text that starts with a point; nil for an error.
  static func floatFromPoint(_ text: [UInt8]) -> Double? {
    var rest = text.dropFirst()
    let isUnderscored = text.contains(0x5F)
    guard skipDigits(&rest, underscores: true) > 0, skipExponent(&rest, underscores: true),
      rest.isEmpty, !isUnderscored || hasGoodUnderscores(text)
    else { return nil }
    return double(isUnderscored ? text.filter { $0 != 0x5F } : text)
  }

  /// Underscores are allowed only between digits.
  private static func hasGoodUnderscores(_ text: [UInt8]) -> Bool {
    text.indices.allSatisfy { index in
      guard text[index] == "_" else { return true }
      return index > 0 && text[index - 1].isDigit
        && index + 1 < text.count && text[index + 1].isDigit
    }
  }

  private static func double(_ text: [UInt8]) -> Double? {
    guard let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite else {
      return nil
    }
    return number
  }

  private static func skipSign(_ rest: inout ArraySlice<UInt8>) {
    if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
  }

  /// Consumes digits and returns how many there were.
  private static func skipDigits(
    _ rest: inout ArraySlice<UInt8>, underscores: Bool = false
  ) -> Int {
    var digits = 0
    while let first = rest.first, first.isDigit || (underscores && first == "_") {
      if first.isDigit { digits += 1 }
      rest = rest.dropFirst()
    }
    return digits
  }

  /// Consumes an exponent, if there is one; false for one without digits.
  private static func skipExponent(
    _ rest: inout ArraySlice<UInt8>, underscores: Bool = false
  ) -> Bool {
    guard let letter = rest.first, letter | 0x20 == "e" else { return true }
    rest = rest.dropFirst()
    skipSign(&rest)
    guard let first = rest.first, first.isDigit else { return false }
    _ = skipDigits(&rest, underscores: underscores)
    return true
  }
}
