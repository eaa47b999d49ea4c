import Glibc
import RunningProcess

/// A line on a terminal that shows how far a long run is, and is removed at its end.
///
/// Shown on standard error only, only where that is a terminal, and only after the first second.
package struct ProgressLine {
  private let isWanted: Bool
  private let started = ContinuousClock.now
  private var shownAt: ContinuousClock.Instant?

  /// Creates a line, which `quiet` hides.
  package init(quiet: Bool) {
    isWanted =
      !quiet && isatty(STDERR_FILENO) == 1 && Environment.variable("TERM") != "dumb"
  }

  /// Shows a text in place of the one before, at most ten times a second.
  package mutating func show(_ text: @autoclosure () -> String) {
    guard isWanted else { return }
    let now = ContinuousClock.now
    let last = shownAt ?? started
    guard now - last > (shownAt == nil ? .seconds(1) : .milliseconds(100)) else { return }
    shownAt = now
    write("\r\(text())\u{1B}[K")
  }

  /// Takes the line away, before something else is written to the terminal.
  package mutating func clear() {
    guard shownAt != nil else { return }
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) { Console.show(text) }
}
