internal import Crypto
package import TinyforgeCore

/// The key that Tinyforge encrypts tokens with; like a token, nothing prints it.
package struct EncryptionKey: Sendable, CustomStringConvertible, CustomReflectable {
  private let reveal: @Sendable () -> SymmetricKey

  /// The key of an `ENCRYPTION_KEY`: the SHA-256 of its bytes.
  package init(passphrase: String) {
    let key = SymmetricKey(data: SHA256.hash(data: Array(passphrase.utf8)))
    reveal = { key }
  }

  /// A mark in its place.
  package var description: String { "[key]" }
  /// A mirror that shows nothing.
  package var customMirror: Mirror { Mirror(self, children: []) }

  /// The token of a text that Tinyforge wrote: nonce, ciphertext and tag of AES-256-GCM in hex or
  /// base64; nil if it was encrypted with another key, or is not an encrypted token.
  package func open(_ sealed: String) -> Token? {
    for bytes in [Self.hexadecimal(sealed), Self.base64(sealed)].compactMap(\.self) {
      guard let box = try? AES.GCM.SealedBox(combined: bytes),
        let plain = try? AES.GCM.open(box, using: reveal()),
        let text = String(validating: plain, as: UTF8.self)
      else { continue }
      return Token(text)
    }
    return nil
  }

  private static func hexadecimal(_ text: String) -> [UInt8]? {
    let digits = text.utf8.compactMap { digit in Character(Unicode.Scalar(digit)).hexDigitValue }
    guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  /// Either alphabet, padded or not.
  private static func base64(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (bits, count) = (0, 0)
    for character in text.utf8 {
      if character == UInt8(ascii: "=") { break }
      guard let value = Base64Alphabet.value(of: character) else { return nil }
      (bits, count) = (bits << 6 | value, count + 6)
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
        bits &= 1 << count - 1
      }
    }
    return bytes
  }
}
