/// What is secret in the address of a proxy.
enum ProxyCredentials {
  /// Shorter passwords would be found in words that hold none; with their user they are looked for all the same.
  private static let shortestPassword = 4
  /// A user without a password may be a token; a shorter one may be a common word.
  private static let shortestUser = 8

  /// The password, and the user with it, as they are written and as they are meant.
  static func secrets(of proxy: String) -> [[UInt8]] {
    let bytes = Array(proxy.utf8)
    guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return [] }
    let start = bytes.firstRange(of: "://".utf8)?.upperBound ?? 0
    let written = bytes[min(start, at)..<at]
    let parts = written.split(
      separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    guard let user = parts.first, let password = parts.dropFirst().first, !password.isEmpty else {
      let user = parts.first ?? []
      return user.count < shortestUser ? [] : unique([Array(user), decoded(user)])
    }
    let pair = decoded(user) + [UInt8(ascii: ":")] + decoded(password)
    let alone = [Array(password), decoded(password)].filter { $0.count >= shortestPassword }
    return unique(alone + [Array(written), pair])
  }

  private static func unique(_ secrets: [[UInt8]]) -> [[UInt8]] {
    secrets.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The bytes that percent-encoded text means; other text stays as it is.
  private static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var plain: [UInt8] = []
    var rest = bytes
    while let byte = rest.first {
      let digits = String(decoding: rest.dropFirst().prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, digits.first?.isHexDigit == true,
        let value = UInt8(digits, radix: 16)
      {
        plain.append(value)
        rest = rest.dropFirst(3)
      } else {
        plain.append(byte)
        rest = rest.dropFirst()
      }
    }
    return plain
  }
}
