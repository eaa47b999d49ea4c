/// The words that credentials are called by, and the values that are none.
enum CredentialWord {
  private static let words = [
    "password", "passwd", "passphrase", "pwd", "secret", "secrets", "token", "apikey", "accesskey",
    "secretkey", "privatekey", "credential", "credentials", "encryptionkey", "signingkey",
  ]

  /// Whether a name such as `GITHUB_ACCESS-TOKEN` ends with one of the words.
  static func isAtEnd(of name: String) -> Bool {
    guard name.utf8.count <= 128 else { return false }
    let folded = name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " && $0 != "." }
    return words.contains { folded.hasSuffix($0) }
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
