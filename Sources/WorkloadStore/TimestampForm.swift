import TinyforgeCore

/// The form in which a column holds points in time.
enum TimestampForm: Equatable {
  /// Such as `2026-01-02 03:04:05`, `2026-01-02T03:04:05Z`, `2026-01-02T03:04:05.000+03:00`.
  case text(separator: Character, fraction: Int, zone: String)
  /// Seconds or milliseconds since 1970.
  case unix(milliseconds: Bool)

  /// Nil for a form that is not known here.
  init?(of value: SQLiteStatement.Value) {
    switch value {
    // Seconds reach 10^11 in the year 5138, milliseconds passed it in 1973.
    case .integer(let number): self = .unix(milliseconds: number > 100_000_000_000)
    case .text(let bytes): self.init(text: String(decoding: bytes, as: UTF8.self))
    default: return nil
    }
  }

  private init?(text: String) {
    let shape = UTCTime.shape(of: text.utf8)
    let isSeparatedByT = shape.starts(with: "0000-00-00T00:00:00".utf8)
    guard isSeparatedByT || shape.starts(with: "0000-00-00 00:00:00".utf8) else { return nil }
    let clock = "0000-00-00T00:00:00".utf8.count
    var rest = Substring(text.utf8.dropFirst(clock))
    var fraction = 0
    if rest.first == "." {
      fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }.count
      rest = rest.dropFirst(1 + fraction)
    }
    let zone = String(rest)
    guard ["", "Z"].contains(zone) || Self.offset(of: zone) != nil else { return nil }
    self = .text(separator: isSeparatedByT ? "T" : " ", fraction: fraction, zone: zone)
  }

  /// `time` (RFC 3339 in UTC with `Z`) in this form.
  func write(_ time: String) -> SQLiteStatement.Value? {
    guard let seconds = UTCTime.seconds(ofRFC3339: time) else { return nil }
    switch self {
    case .unix(let milliseconds): return .integer(milliseconds ? seconds * 1000 : seconds)
    case .text(let separator, let fraction, let zone):
      let local = UTCTime.rfc3339(seconds + (Self.offset(of: zone) ?? 0)).dropLast()
      let zeros = fraction > 0 ? "." + String(repeating: "0", count: fraction) : ""
      let parts = local.splitAtScalar("T", maxSplits: 1, omittingEmpty: true)
      return .string(parts.joined(separator: String(separator)) + zeros + zone)
    }
  }

  /// The point in time that a column holds, RFC 3339 in UTC with whole seconds.
  ///
  /// Nil for a form that is not known here. Text without a zone is UTC, as SQLite writes it.
  static func rfc3339(of value: SQLiteStatement.Value) -> String? {
    switch (TimestampForm(of: value), value) {
    case (.unix(let milliseconds), .integer(let number)):
      return UTCTime.rfc3339(milliseconds ? number / 1000 : number)
    case (.text(_, _, let zone), .text(let bytes)):
      let clock = String(decoding: bytes.prefix(19), as: UTF8.self)
      let utc = clock.replacingBytes { $0 == UInt8(ascii: " ") ? "T" : nil } + "Z"
      return UTCTime.seconds(ofRFC3339: utc).map { UTCTime.rfc3339($0 - (offset(of: zone) ?? 0)) }
    default: return nil
    }
  }

  /// The seconds that `+HH:MM` or `-HH:MM` stands for.
  private static func offset(of zone: String) -> Int64? {
    let digits = zone.dropFirst().splitAtScalar(":")
    guard zone.hasPrefix("+") || zone.hasPrefix("-"), digits.count == 2,
      digits.allSatisfy({ $0.count == 2 }), let hours = Int64(digits[0]),
      let minutes = Int64(digits[1])
    else { return nil }
    return (zone.hasPrefix("-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}
