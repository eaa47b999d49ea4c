/// The words that credentials are called by, and the values that are none.
enum CredentialWord {
  private static let words = [
    "password", "passwd", "passphrase", "pwd", "secret", "secrets", "token", "apikey", "accesskey",
    "secretkey", "privatekey", "credential", "credentials", "encryptionkey", "signingkey",
  ].map { Array($0.utf8) }

  /// Whether a name such as `GITHUB_ACCESS-TOKEN` ends with one of the words.
  static func isAtEnd(of name: String) -> Bool {
    guard name.utf8.count <= 128 else { return false }
    // Byte by byte: every key and every colon of a comment is asked for.
    var folded: [UInt8] = []
    for byte in name.utf8 where !"_- .".utf8.contains(byte) {
      folded.append((0x41...0x5A).contains(byte) ? byte + 0x20 : byte)
    }
    return words.contains { folded.count >= $0.count && folded.suffix($0.count) == $0[...] }
  }

  /// Whether a value may be a credential: long enough, and real.
  static func isCredible(_ value: String) -> Bool { value.utf8.count >= 6 && isReal(value) }

  /// Whether a value is no placeholder, no reference and no path.
  static func isReal(_ value: String) -> Bool {
    guard let first = value.unicodeScalars.first else { return false }
    if "$<{*%/.#&!([".unicodeScalars.contains(first) { return false }
    // Byte by byte: the standard library's search for a text in a text costs hundred times more.
    let lower = Array(value.lowercased().utf8)
    return !lower.indices.contains { start in
      placeholders.contains { lower[start] == $0[0] && lower[start...].starts(with: $0) }
    }
  }

  private static let placeholders = [
    "example", "changeme", "change-me", "change_me", "xxx", "***", "•••", "redacted", "placeholder",
    "your-", "your_", "dummy", "…", "...",
  ].map { Array($0.utf8) }
}
