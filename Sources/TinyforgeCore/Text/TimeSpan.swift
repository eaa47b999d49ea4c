/// A span of time as a person wrote it.
package struct TimeSpan: Sendable {
  /// How long it is.
  package let duration: Duration
  /// The number with its unit.
  package let text: String

  /// A span of so many seconds.
  package init(seconds: Int) {
    duration = .seconds(seconds)
    text = "\(seconds)s"
  }

  /// Reads a number with `ms`, `s`, `m`, `h`, `d` or `w`, seconds without; nil where it does not fit.
  package init?(_ word: String) {
    guard let span = WrittenSpan(word) else { return nil }
    duration = .milliseconds(span.number * (span.unit ?? .second).milliseconds)
    text = span.unit == nil ? "\(word)s" : word
  }
}
