/// Tells spans of time in words.
package enum TimeSpanText {
  private static let units: [(seconds: Int64, one: String)] = [
    (86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"),
  ]

  /// Such as `3 days`, in the largest unit that is full at least once; `0 seconds` for nothing.
  package static func words(_ seconds: Int64) -> String {
    let unit = units.first { seconds >= $0.seconds } ?? (1, "second")
    let count = max(0, seconds / unit.seconds)
    return "\(count) \(unit.one)\(count == 1 ? "" : "s")"
  }
}
