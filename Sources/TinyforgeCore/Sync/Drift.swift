/// A declared field whose live value differs.
package struct DriftEntry: Sendable, Equatable {
  /// The field with its declared value.
  package var declared: DeclaredField
  /// The live value as stored; nil where the live config lacks the key, or holds null.
  package var live: JSONValue?

  /// The field.
  package var field: SpecField { declared.field }
  /// The declared value.
  package var repo: FieldValue { declared.value }
}

/// Compares declared fields with the live config.
package enum Drift {
  /// The entries of `declared` whose live value is another one, after normalization.
  ///
  /// An absent key equals the value that it stands for (`""` for texts); `""` equals `recreate`;
  /// `8080` equals `8080.0`.
  package static func compare(_ declared: [DeclaredField], with live: LiveConfig) -> [DriftEntry] {
    declared.compactMap { entry in
      let stored = live[entry.field]
      let same = meaning(of: stored, for: entry.field) == entry.field.normalize(entry.value)
      return same ? nil : DriftEntry(declared: entry, live: stored)
    }
  }

  /// What a live value comes to, normalized; nil for one of another type, and for an absent one
  /// that stands for nothing.
  static func meaning(of stored: JSONValue?, for field: SpecField) -> FieldValue? {
    (stored.map { value(of: $0, as: field.form) } ?? field.absentMeans).map(field.normalize)
  }

  /// A live value as the field's own type; nil where it is of another.
  static func value(of live: JSONValue, as form: SpecField.Form) -> FieldValue? {
    switch (form, live) {
    case (.integer, .number(let text)): JSONNumber.integer(text).map { .integer($0) }
    case (.text, .string(let text)): .text(text)
    default: nil
    }
  }
}

/// Reads the text of JSON numbers without rounding.
package enum JSONNumber {
  /// The whole number that `text` stands for, in whatever form: `8080`, `8080.0`, `8.08e3`.
  ///
  /// Nil for a number with a fraction, and for one beyond 64 bits.
  package static func integer(_ text: String) -> Int64? {
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
    var magnitude: Int64 = 0
    for digit in digits {
      let (shifted, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(Int64(digit) - 48)
      guard !overflow, !carry else { return nil }
      magnitude = sum
    }
    return negative ? -magnitude : magnitude
  }
}
