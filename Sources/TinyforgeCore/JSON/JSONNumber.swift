/// Reads the text of JSON numbers without rounding.
package enum JSONNumber {
  /// The whole number that `text` means, in any form: `8080`, `8080.0`, `8.08e3`.
  ///
  /// Nil for a number with a fraction, and for one beyond 64 bits.
  package static func integer(_ text: String) -> Int64? {
    // Nearly all numbers are written so.
    if let number = Int64(text) { return number }
    var digits: [UInt8] = []
    var fraction = 0
    var exponent = 0
    var inFraction = false
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    if parts.count == 2 {
      guard let value = Int(parts[1].startsWithBytes(of: "+") ? parts[1].dropFirst() : parts[1]),
        abs(value) <= 400
      else { return nil }
      exponent = value
    }
    for byte in parts[0].utf8 where byte != UInt8(ascii: "-") {
      if byte == UInt8(ascii: ".") {
        inFraction = true
      } else {
        digits.append(byte)
        fraction += inFraction ? 1 : 0
      }
    }
    return scaled(digits, by: exponent - fraction, negative: text.startsWithBytes(of: "-"))
  }

  private static func scaled(_ digits: [UInt8], by power: Int, negative: Bool) -> Int64? {
    var digits = digits
    for _ in 0..<max(0, -power) {
      guard digits.isEmpty || digits.removeLast() == UInt8(ascii: "0") else { return nil }
    }
    digits += repeatElement(UInt8(ascii: "0"), count: max(0, power))
    // No digit is left of a number such as `0.0`; the leading zero makes it 0.
    return Int64((negative ? "-0" : "0") + String(decoding: digits, as: UTF8.self))
  }
}
