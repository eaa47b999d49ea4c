/// Formats points in time without a calendar library.
package enum UTCTime {
  /// `YYYY-MM-DDTHH:MM:SSZ` of seconds since 1970, in UTC (RFC 3339).
  package static func rfc3339(_ seconds: Int64) -> String {
    let parts = components(seconds)
    let (hour, minute) = (parts.second / 3600, parts.second / 60 % 60)
    var text: [UInt8] = []
    text.reserveCapacity(24)
    Self.append(parts.year, 4, to: &text)
    func append(_ mark: Unicode.Scalar, _ number: Int64) {
      text.append(UInt8(ascii: mark))
      Self.append(number, 2, to: &text)
    }
    append("-", parts.month)
    append("-", parts.day)
    append("T", hour)
    append(":", minute)
    append(":", parts.second % 60)
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// The seconds since 1970 of a `YYYY-MM-DDTHH:MM:SSZ`; nil for any other form.
  package static func seconds(ofRFC3339 text: String) -> Int64? {
    guard shape(of: text).elementsEqual("0000-00-00T00:00:00Z".utf8) else { return nil }
    var text = text
    return text.withUTF8 { bytes in
      func number(_ place: Range<Int>) -> Int64 {
        bytes[place].reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
      }
      let (month, day) = (number(5..<7), number(8..<10))
      guard (1...12).contains(month) else { return nil }
      let days = daysSince1970(number(0..<4), month, day)
      return days * 86_400 + number(11..<13) * 3600 + number(14..<16) * 60 + number(17..<19)
    }
  }

  private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// A time's bytes with `0` for every digit.
  package static func shape(of text: String) -> [UInt8] {
    var text = text
    return text.withUTF8 { $0.map { (0x30...0x39).contains($0) ? 0x30 : $0 } }
  }

  /// Any RFC 3339 time in UTC with seconds and `Z`; nil for what is none.
  ///
  /// `2026-01-02T03:04:05.678+08:00` is `2026-01-01T19:04:05Z`.
  package static func utc(ofRFC3339 text: String) -> String? {
    let scalars = Array(text.utf8)
    guard scalars.count >= 20, let seconds = seconds(ofRFC3339: String(text.prefix(19)) + "Z")
    else {
      return nil
    }
    var zone = Substring(text.dropFirst(19))
    if zone.first == "." { zone = zone.dropFirst().drop { $0.isASCII && $0.isNumber } }
    if zone == "Z" || zone == "z" { return rfc3339(seconds) }
    let shape = zone.dropFirst().map { $0.isASCII && $0.isNumber ? "0" : $0 }
    guard let sign = zone.first, sign == "+" || sign == "-", String(shape) == "00:00",
      let hours = Int64(zone.dropFirst().prefix(2)), let minutes = Int64(zone.suffix(2))
    else { return nil }
    let offset = hours * 3600 + minutes * 60
    return rfc3339(sign == "+" ? seconds - offset : seconds + offset)
  }

  private struct Components {
    var year: Int64
    var month: Int64
    var day: Int64
    var second: Int64
  }

  /// Days are counted from March 1 of year 0 in eras of 400 years, so that leap days come last.
  ///
  /// Any number is taken, for git stores any: a year past 9999 or before 0 gets longer.
  private static func components(_ seconds: Int64) -> Components {
    let shifted = floorDivide(seconds, 86_400) + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return Components(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * marchMonth + 2) / 5 + 1,
      // The remainder, not a product: the first day of all begins before the first second.
      second: (seconds % 86_400 + 86_400) % 86_400)
  }

  private static func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// Appends a number with so many digits at least.
  private static func append(_ number: Int64, _ width: Int, to text: inout [UInt8]) {
    if number < 0 { text.append(UInt8(ascii: "-")) }
    var (unit, count) = (UInt64(1), 1)
    while count < width || number.magnitude / unit >= 10 { (unit, count) = (unit * 10, count + 1) }
    while unit > 0 {
      text.append(UInt8(ascii: "0") + UInt8(number.magnitude / unit % 10))
      unit /= 10
    }
  }
}
