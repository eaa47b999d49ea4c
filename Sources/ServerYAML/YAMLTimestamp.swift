/// Timestamps in the four forms that the server's decoder gives to Go's `time.Parse` (Go 1.19).
///
/// ```
/// 2006-1-2T15:4:5.999999999Z07:00
/// 2006-1-2t15:4:5.999999999Z07:00
/// 2006-1-2 15:4:5.999999999
/// 2006-1-2
/// ```
/// Numbers may have one digit or two; the fraction may be absent, or be set off by a comma.
struct YAMLTimestamp {
  private var rest: ArraySlice<UInt8>

  /// Whether the text is one.
  static func isTimestamp(_ text: [UInt8]) -> Bool {
    var timestamp = YAMLTimestamp(rest: text[...])
    return timestamp.parse()
  }

  private mutating func parse() -> Bool {
    guard parseDate() else { return false }
    guard let separator = rest.first else { return true }
    rest = rest.dropFirst()
    switch separator {
    case "T", "t": return parseTime() && parseZone() && rest.isEmpty
    case " ":
      // A space in the form matches any number of them.
      while rest.first == 0x20 { rest = rest.dropFirst() }
      return parseTime() && rest.isEmpty
    default: return false
    }
  }

  private mutating func parseDate() -> Bool {
    guard rest.count > 4, rest.prefix(4).allSatisfy(\.isDigit) else { return false }
    let year = rest.prefix(4).reduce(0) { $0 * 10 + Int($1) - 0x30 }
    rest = rest.dropFirst(4)
    guard skip("-"), let month = number(), (1...12).contains(month), skip("-"),
      let day = number()
    else { return false }
    return day >= 1 && day <= Self.days(inMonth: month, of: year)
  }

  private mutating func parseTime() -> Bool {
    guard let hour = number(), hour < 24, skip(":"), let minute = number(), minute < 60,
      skip(":"), let second = number(), second < 60
    else { return false }
    skipFraction()
    return true
  }

  /// Consumes up to nine digits after a point or a comma; more are an error of what follows.
  private mutating func skipFraction() {
    guard let mark = rest.first, mark == "." || mark == ",", rest.dropFirst().first?.isDigit == true
    else { return }
    let digits = rest.dropFirst().prefix(9).prefix(while: \.isDigit)
    rest = rest.dropFirst(1 + digits.count)
  }

  /// Consumes `Z` or an offset; its numbers are not checked for their range, and may have a sign.
  private mutating func parseZone() -> Bool {
    if skip("Z") { return true }
    guard rest.count >= 6 else { return false }
    let zone = Array(rest.prefix(6))
    rest = rest.dropFirst(6)
    return (zone[0] == "+" || zone[0] == "-") && zone[3] == ":"
      && Self.isOffsetNumber(zone[1], zone[2]) && Self.isOffsetNumber(zone[4], zone[5])
  }

  /// Two characters that Go's `atoi` takes: two digits, or a sign and a digit.
  private static func isOffsetNumber(_ first: UInt8, _ second: UInt8) -> Bool {
    (first.isDigit || first == "+" || first == "-") && second.isDigit
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, first == character else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// Consumes one digit or two.
  private mutating func number() -> Int? {
    let digits = rest.prefix(2).prefix(while: \.isDigit)
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
