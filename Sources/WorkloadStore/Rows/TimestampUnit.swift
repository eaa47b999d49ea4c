/// What is counted since 1970, or since a day long before, in a number that is a point in time.
enum TimestampUnit: CaseIterable {
  case seconds, milliseconds, microseconds, nanoseconds
  /// Days since noon of November 24, 4714 BC: SQLite's `julianday()`.
  case julianDays

  /// The unit by which a number lies between 1980 and 2100; nil for 0 and others that are of none.
  init?(of count: Double) {
    let zeroOfGo = Double(-62_135_596_800)
    if count == zeroOfGo {
      self = .seconds
      return
    }
    let unit = Self.allCases.first { unit in
      (315_532_800...4_102_444_800).contains(unit.seconds(of: count))
    }
    guard let unit else { return nil }
    self = unit
  }

  /// How many make a second; for days there is no such number, and 1 is used.
  var perSecond: Int64 {
    switch self {
    case .seconds, .julianDays: 1
    case .milliseconds: 1000
    case .microseconds: 1_000_000
    case .nanoseconds: 1_000_000_000
    }
  }

  private static let julianDayOf1970 = 2_440_587.5

  func seconds(of count: Double) -> Double {
    self == .julianDays
      ? (count - Self.julianDayOf1970) * 86_400 : count / Double(perSecond)
  }

  func count(of seconds: Int64) -> Double {
    self == .julianDays
      ? Double(seconds) / 86_400 + Self.julianDayOf1970 : Double(seconds * perSecond)
  }
}
