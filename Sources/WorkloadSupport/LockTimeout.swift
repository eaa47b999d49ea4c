import ArgumentParser

/// A span of time on the command line: a number with `ms`, `s`, `m`, `h`, `d` or `w`, seconds without.
package struct LockTimeout: ExpressibleByArgument, Sendable {
  /// How long it is.
  package let duration: Duration
  private let text: String

  /// A span of so many seconds.
  package init(seconds: Int) {
    duration = .seconds(seconds)
    text = "\(seconds)s"
  }

  /// Reads a word of the command line; nil where it does not fit.
  package init?(argument: String) {
    guard let span = WrittenSpan(argument) else { return nil }
    duration = .milliseconds(span.number * (span.unit ?? .second).milliseconds)
    text = span.unit == nil ? "\(argument)s" : argument
  }

  /// The span with its unit.
  package var defaultValueDescription: String { text }
}

/// A number with a unit of time, or without one.
struct WrittenSpan {
  /// A unit, as it is written.
  enum Unit: String {
    case millisecond = "ms", second = "s", minute = "m", hour = "h", day = "d", week = "w"

    /// How long it is.
    var milliseconds: Int64 {
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

  let number: Int64
  /// Nil where none is written.
  let unit: Unit?

  /// Reads a word; nil where it does not fit.
  init?(_ word: String) {
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
