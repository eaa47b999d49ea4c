/// A number with a unit of time, or without one.
package struct WrittenSpan {
  /// A unit, as it is written.
  package enum Unit: String {
    case millisecond = "ms", second = "s", minute = "m", hour = "h", day = "d", week = "w"

    /// How long it is.
    package var milliseconds: Int64 {
      switch self {
      case .millisecond: 1
      case .second: 1000
      case .minute: 60_000
      case .hour: 3_600_000
      case .day: 86_400_000
      case .week: 604_800_000
      }
    }
  }

  /// The number.
  package let number: Int64
  /// The unit; nil where none is written.
  package let unit: Unit?

  /// Reads a word; nil where it does not fit.
  package init?(_ word: String) {
    let digits = word.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let number = Int64(String(decoding: digits, as: UTF8.self)), number <= 1_000_000 else {
      return nil
    }
    let rest = String(decoding: word.utf8.dropFirst(digits.count), as: UTF8.self)
    unit = Unit(rawValue: rest)
    if unit == nil, !rest.isEmpty { return nil }
    self.number = number
  }
}
