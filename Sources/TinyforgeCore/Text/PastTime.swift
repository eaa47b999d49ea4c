/// A point in time as a person wrote it: so long ago, a day or an RFC 3339 time.
package enum PastTime: Sendable, Equatable {
  /// So many seconds before now.
  case ago(Int64)
  /// So many seconds after the start of 1970.
  case at(Int64)

  /// Reads `7d` and other spans with a unit, `2026-11-01`, which begins in UTC, and
  /// `2026-11-01T12:00:00Z`, also with a zone; nil for anything else.
  ///
  /// A number alone may mean days, or a year: it is refused.
  package init?(_ word: String) {
    if let span = WrittenSpan(word) {
      guard let unit = span.unit else { return nil }
      self = .ago(span.number * unit.milliseconds / 1000)
      return
    }
    let isDay = UTCTime.shape(of: word).elementsEqual("0000-00-00".utf8)
    let text = isDay ? word + "T00:00:00Z" : word
    guard let time = UTCTime.utc(ofRFC3339: text), let seconds = UTCTime.seconds(ofRFC3339: time),
      Self.isInCalendar(text)
    else { return nil }
    self = .at(seconds)
  }

  /// Seconds since 1970.
  package func seconds(now: Int64) -> Int64 {
    switch self {
    case .ago(let seconds): now - seconds
    case .at(let seconds): seconds
    }
  }

  /// Whether there is such a day and time: February 30 is the time of another day.
  private static func isInCalendar(_ text: String) -> Bool {
    let local = String(decoding: text.utf8.prefix(19), as: UTF8.self) + "Z"
    return UTCTime.seconds(ofRFC3339: local).map(UTCTime.rfc3339) == local
  }
}
