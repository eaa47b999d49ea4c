/// The hash FNV-1a with 64 bits: quick, the same on every machine, and no defence against an attacker.
package enum FNV1a {
  /// The hash's own starting value.
  package static let basis: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The hash of a text's bytes in UTF-8.
  package static func hash(_ text: String, from basis: UInt64 = Self.basis) -> UInt64 {
    text.utf8.reduce(basis) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The hash as 16 hexadecimal digits.
  package static func digits(_ text: String, from basis: UInt64 = Self.basis) -> String {
    let digits = String(hash(text, from: basis), radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
