/// The words that credentials are called by, and the values that are none.
enum CredentialWord {
  private static let words = [
    "password", "passwd", "passphrase", "pwd", "secret", "secrets", "token", "apikey", "accesskey",
    "secretkey", "privatekey", "credential", "credentials", "encryptionkey", "signingkey",
  ]

  /// What is before the last letter of the words that end with it, letter by letter from the end.
  private static let byLastLetter: [[[UInt32]]] = {
    var table = Array(repeating: [[UInt32]](), count: 0x80)
    for word in words {
      let letters = word.unicodeScalars.reversed().map(\.value)
      table[Int(letters[0])].append(Array(letters.dropFirst()))
    }
    return table
  }()

  /// Whether a name such as `GITHUB_ACCESS-TOKEN` ends with one of the words.
  static func isAtEnd(of name: String) -> Bool { isAtEnd(of: name.utf8.lazy.map(UInt32.init)) }

  /// The same for a name in UTF-8.
  static func isAtEnd(of name: [UInt8]) -> Bool { isAtEnd(of: name.lazy.map(UInt32.init)) }

  /// The same for a stretch of a text.
  static func isAtEnd(of name: ArraySlice<Unicode.Scalar>) -> Bool {
    isAtEnd(of: name.lazy.map(\.value))
  }

  /// Letter by letter from the end: every key and every colon of a comment is asked for.
  @inline(__always)
  private static func isAtEnd(of name: some BidirectionalCollection<UInt32>) -> Bool {
    guard name.count <= 128 else { return false }
    var end = name.endIndex
    guard let last = letterBefore(&end, in: name), last < 0x80 else { return false }
    return byLastLetter[Int(last)].contains { word in
      var end = end
      for letter in word {
        guard let before = letterBefore(&end, in: name), before == letter else { return false }
      }
      return true
    }
  }

  /// The letter before `end` in lower case, marks between words left out; `end` moves before it.
  @inline(__always)
  private static func letterBefore<Name: BidirectionalCollection<UInt32>>(
    _ end: inout Name.Index, in name: Name
  ) -> UInt32? {
    while end > name.startIndex {
      end = name.index(before: end)
      switch name[end] {
      case 0x20, 0x2D, 0x2E, 0x5F: continue
      case let letter: return (0x41...0x5A).contains(letter) ? letter + 0x20 : letter
      }
    }
    return nil
  }

  /// Whether a value may be a credential: long enough, and real.
  static func isCredible(_ value: String) -> Bool { value.utf8.count >= 6 && isReal(value) }

  /// Whether a value is not a placeholder, a reference or a path.
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
