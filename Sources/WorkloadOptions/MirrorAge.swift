package import ArgumentParser
import TinyforgeCore

/// An age on the command line: a whole number with `s`, `m`, `h`, `d` or `w`.
package struct MirrorAge: Sendable {
  /// The age in seconds.
  package let seconds: Int64

  /// An age of so many days.
  package init(days: Int64) { seconds = days * 86_400 }

  /// The age that a word of the command line names, for an option's `transform`; the refusal says what is missing.
  package static func named(_ word: String) throws(ValidationError) -> MirrorAge {
    guard let span = WrittenSpan(word) else {
      throw ValidationError(
        "\"\(word.shownSafely)\" is not an age; write a number and its unit: 7d, 12h or 30m")
    }
    // A number of days, of hours? The unit decides what is an alert, so it is not guessed.
    guard let unit = span.unit, unit != .millisecond else {
      throw ValidationError(
        "\"\(word.shownSafely)\" lacks a unit; write \(span.number)d, \(span.number)h or \(span.number)m"
      )
    }
    return MirrorAge(seconds: span.number * unit.milliseconds / 1000)
  }

  private init(seconds: Int64) { self.seconds = seconds }
}
