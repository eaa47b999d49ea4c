import ArgumentParser

/// An age on the command line: a whole number with `s`, `m`, `h`, `d` or `w`.
package struct MirrorAge: ExpressibleByArgument, Sendable {
  /// The age in seconds.
  package let seconds: Int64
  private let text: String

  /// An age of so many days.
  package init(days: Int64) {
    seconds = days * 86_400
    text = "\(days)d"
  }

  /// Reads a word of the command line; nil where it does not fit.
  package init?(argument: String) {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    guard let unit = argument.last.flatMap({ units[$0] }),
      argument.dropLast().allSatisfy({ $0.isASCII && $0.isNumber }),
      let number = Int64(argument.dropLast()), number <= 1_000_000
    else { return nil }
    seconds = number * unit
    text = argument
  }

  /// The age as it was written.
  package var defaultValueDescription: String { text }
}
