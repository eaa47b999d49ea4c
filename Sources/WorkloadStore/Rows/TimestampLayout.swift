import TinyforgeCore

/// The layout of a time in text, as SQLite and Go's drivers write it.
///
/// Such as `2026-01-02`, `2026-01-02 03:04:05`, `2026-01-02T03:04:05.000+03:00`, and what Go's
/// `time.Time.String()` gives: `2026-01-02 03:04:05.123456789 +0100 CET m=+0.5`.
struct TimestampLayout: Equatable {
  /// The text between date and clock; nil for a date alone.
  private var separator: UInt8?
  private var hasSeconds = true
  /// The digits of the fraction; 0 where there is none.
  private var fraction = 0
  /// What follows, without the reading of a monotonic clock, which only its own process could use.
  private var zone: Substring = ""
  /// The seconds that the zone is ahead of UTC.
  private var offset: Int64 = 0
  /// The point in time itself, in seconds since 1970; not a part of the layout.
  private(set) var seconds: Int64?

  static func == (left: Self, right: Self) -> Bool {
    left.separator == right.separator && left.hasSeconds == right.hasSeconds
      && left.fraction == right.fraction && left.zone == right.zone
  }

  /// Nil for a layout that is not known here.
  init?(of text: String) {
    let shape = UTCTime.shape(of: text)
    guard shape.starts(with: "0000-00-00".utf8) else { return nil }
    let date = text.utf8.prefix(10)
    var clock = "00:00:00"
    var rest = text.utf8.dropFirst(10)
    if let first = rest.first {
      guard [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(first),
        shape.dropFirst(11).starts(with: "00:00".utf8)
      else { return nil }
      separator = first
      hasSeconds = shape.dropFirst(16).starts(with: ":00".utf8)
      clock = String(Substring(rest.dropFirst().prefix(hasSeconds ? 8 : 5)))
      if !hasSeconds { clock += ":00" }
      rest = rest.dropFirst(hasSeconds ? 9 : 6)
      guard takeRest(&rest) else { return nil }
    }
    seconds = UTCTime.seconds(ofRFC3339: "\(Substring(date))T\(clock)Z").map { $0 - offset }
    guard seconds != nil else { return nil }
  }

  /// Takes the fraction and the zone; false where they are none.
  private mutating func takeRest(_ rest: inout Substring.UTF8View) -> Bool {
    if hasSeconds, rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",") {
      fraction = rest.dropFirst().prefix { (0x30...0x39).contains($0) }.count
      guard (1...9).contains(fraction) else { return false }
      rest = rest.dropFirst(1 + fraction)
    }
    zone = Self.withoutMonotonicClock(Substring(rest))
    guard let offset = Self.offset(of: zone) else { return false }
    self.offset = offset
    return true
  }

  private static func withoutMonotonicClock(_ zone: Substring) -> Substring {
    guard let start = zone.utf8.lastIndex(of: UInt8(ascii: " ")),
      zone[start...].startsWithBytes(of: " m=")
    else { return zone }
    return zone[..<start]
  }

  /// The seconds that a zone is ahead of UTC: `Z`, none at all, `+01:00`, `+0100`, `+01`, ` +0100 CET`.
  private static func offset(of zone: Substring) -> Int64? {
    if ["", "Z", "z", " UTC"].contains(zone) { return 0 }
    let words = zone.splitAtScalar(" ")
    // Go puts a space before the offset where it puts a name after it.
    let hasName = words.count == 3 && words[0].isEmpty && !words[2].isEmpty
    guard words.count == 1 || hasName || (words.count == 2 && words[0].isEmpty) else {
      return nil
    }
    return seconds(ofOffset: words.count == 1 ? words[0] : words[1])
  }

  /// The seconds of `+HH:MM`, `+HHMM`, `+HH`, and of the same with seconds.
  private static func seconds(ofOffset text: Substring) -> Int64? {
    let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
    let digits = text.utf8.dropFirst().filter { (0x30...0x39).contains($0) }
    let expected = colons == 0 ? digits.count : 2 + 2 * colons
    guard text.startsWithBytes(of: "+") || text.startsWithBytes(of: "-"),
      [2, 4, 6].contains(digits.count),
      digits.count == expected, text.utf8.count == 1 + digits.count + colons
    else { return nil }
    let parts = [3600, 60, 1].enumerated().map { index, unit in
      digits.dropFirst(2 * index).prefix(2).reduce(0) { $0 * 10 + Int64($1 - 0x30) } * unit
    }
    return parts.reduce(0, +) * (text.startsWithBytes(of: "-") ? -1 : 1)
  }

  /// A point in time, seconds since 1970, in this layout.
  func write(_ seconds: Int64) -> String {
    let local = UTCTime.rfc3339(seconds + offset)
    guard let separator else { return String(local.prefix(10)) }
    let clock = local.dropFirst(11).prefix(hasSeconds ? 8 : 5)
    let zeros = fraction > 0 ? "." + String(repeating: "0", count: fraction) : ""
    return "\(local.prefix(10))\(Character(Unicode.Scalar(separator)))\(clock)\(zeros)\(zone)"
  }
}
