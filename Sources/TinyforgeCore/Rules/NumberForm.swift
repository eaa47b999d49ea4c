import ServerYAML

/// How a number is written, as far as people may misread it.
enum NumberForm: Equatable {
  /// Digits alone, perhaps with a minus sign: read by everybody alike.
  case usual
  /// A zero before further digits, as in `010`.
  case leadingZero
  /// With `_` between digits, as in `8_080`.
  case underscored
  /// Hexadecimal, binary, `0o17`, a plus sign, a fraction or an exponent.
  case unusual

  init(_ text: String) {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    let isDecimal = digits.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "_") }
    if isDecimal, digits.first == UInt8(ascii: "0"), digits.count > 1 {
      self = .leadingZero
    } else if text.utf8.contains(UInt8(ascii: "_")) {
      self = .underscored
    } else if isDecimal, text.utf8.first != UInt8(ascii: "+") {
      self = .usual
    } else {
      self = .unusual
    }
  }
}
