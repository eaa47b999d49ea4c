/// One line of a text, searched for credentials.
struct CredentialLine {
  private let scalars: ArraySlice<Unicode.Scalar>

  init(_ scalars: ArraySlice<Unicode.Scalar>) { self.scalars = scalars }

  /// In scalars.
  var count: Int { scalars.count }

  var beginsPrivateKey: Bool {
    guard let start = index(of: Self.keyStart, from: scalars.startIndex) else { return false }
    return index(of: Self.keyKind, from: start) != nil
  }

  /// Adds all that looks like a credential, in any order.
  func addCredentials(to found: inout [Credential]) {
    let mayHoldToken = mayHoldToken
    if mayHoldToken { found += knownTokens }
    if scalars.contains("@") { found += passwordsInURLs }
    addAssignments(to: &found)
    if mayHoldToken { found += randomTokens }
  }

  /// Whether a word is as long as the shortest token; most lines hold none, and are not searched for tokens.
  private var mayHoldToken: Bool {
    var length = 0
    for scalar in scalars {
      length = scalar == " " ? 0 : length + 1
      if length == Self.shortestToken { return true }
    }
    return false
  }

  /// Tokens that begin as their makers document it.
  private var knownTokens: [Credential] {
    var found: [Credential] = []
    var before: Unicode.Scalar = " "
    for start in scalars.indices {
      defer { before = scalars[start] }
      guard scalars[start].isLetterOrDigit, !before.isLetterOrDigit, before != "_",
        start >= found.last?.span.upperBound ?? start
      else { continue }
      for prefix in CredentialPrefix.beginning(with: scalars[start])
      where starts(with: prefix.text, at: start) {
        let body = scalars[(start + prefix.text.count)...].prefix(while: prefix.takes)
        guard body.count >= prefix.length else { continue }
        found.append(Credential(kind: prefix.kind, span: start..<body.endIndex))
      }
    }
    return found
  }

  /// The password of `scheme://user:password@host`.
  private var passwordsInURLs: [Credential] {
    var found: [Credential] = []
    var from = scalars.startIndex
    while let scheme = index(of: Self.schemeEnd, from: from) {
      from = scheme + 3
      let authority = scalars[from...].prefix { !"/ \t\"'?#".unicodeScalars.contains($0) }
      guard let at = authority.lastIndex(of: "@"),
        let colon = authority[..<at].firstIndex(of: ":"),
        colon + 1 < at, CredentialWord.isReal(text((colon + 1)..<at))
      else { continue }
      found.append(Credential(kind: "a password in a URL", span: (colon + 1)..<at))
    }
    return found
  }

  /// Adds the values after `password:`, `TOKEN=`, `Bearer` and the like.
  private func addAssignments(to found: inout [Credential]) {
    for index in scalars.indices {
      switch scalars[index] {
      case ":", "=":
        if let value = assignment(at: index) { found.append(value) }
      case " " where index > scalars.startIndex && scalars[index - 1].isLetterOrDigit:
        if let value = authorization(before: index) { found.append(value) }
      default: break
      }
    }
  }

  private func assignment(at index: Int) -> Credential? {
    let name = self.name(before: index)
    guard CredentialWord.isAtEnd(of: scalars[name]) else { return nil }
    let span = value(behind: index + 1)
    let value = text(span)
    guard CredentialWord.isCredible(value), !isSentence(behind: span, value) else { return nil }
    return Credential(
      kind: "a credential, the value of \(Quotation.short(Array(text(name).utf8)))", span: span)
  }

  /// In a comment `the token: ask an admin` gives nothing away: a plain word before others.
  private func isSentence(behind span: Range<Int>, _ value: String) -> Bool {
    let isWord = value.unicodeScalars.allSatisfy {
      $0.properties.isLowercase || $0 == "," || $0 == "-"
    }
    guard isWord else { return false }
    return scalars[span.upperBound...].contains { $0 != " " && $0 != "\"" && $0 != "'" }
  }

  private func authorization(before space: Int) -> Credential? {
    let name = self.name(before: space)
    guard 5...6 ~= name.count, ["bearer", "basic"].contains(text(name).lowercased()) else {
      return nil
    }
    let span = value(behind: space + 1)
    guard span.count >= 16, CredentialWord.isCredible(text(span)) else { return nil }
    return Credential(kind: "the token of an Authorization header", span: span)
  }

  /// The name that ends before `index`, quotes and spaces left out.
  private func name(before index: Int) -> Range<Int> {
    var end = index
    while end > scalars.startIndex, scalars[end - 1].isBlankOrQuote { end -= 1 }
    var start = end
    while start > scalars.startIndex, scalars[start - 1].isPartOfName { start -= 1 }
    return start..<end
  }

  /// The value that begins at `index`, quotes and spaces left out.
  private func value(behind index: Int) -> Range<Int> {
    var start = index
    while start < scalars.endIndex,
      scalars[start].isBlankOrQuote || scalars[start] == ">" || scalars[start] == "="
    {
      start += 1
    }
    let value = scalars[start...].prefix { !" \t\"',;&}])".unicodeScalars.contains($0) }
    return start..<value.endIndex
  }

  /// Long runs of letters and digits that follow no word: what random generators make.
  private var randomTokens: [Credential] {
    var found: [Credential] = []
    var start = scalars.startIndex
    while start + Self.shortestRandomToken <= scalars.endIndex {
      let token = scalars[start...].prefix { $0.isPartOfToken }
      if token.count >= Self.shortestRandomToken, TokenEntropy.isRandom(token) {
        found.append(
          Credential(kind: "a credential: random letters and digits", span: start..<token.endIndex))
      }
      start = max(token.endIndex, start + 1)
    }
    return found
  }

  private func text(_ span: Range<Int>) -> String {
    String(scalars: scalars[span])
  }

  private func starts(with prefix: [Unicode.Scalar], at index: Int) -> Bool {
    scalars[index] == prefix[0] && scalars[index...].starts(with: prefix)
  }

  private static let shortestRandomToken = 20
  private static let shortestToken = min(shortestRandomToken, CredentialPrefix.shortestToken)
  private static let keyStart = Array("-----BEGIN ".unicodeScalars)
  private static let keyKind = Array("PRIVATE KEY-----".unicodeScalars)
  private static let schemeEnd = Array("://".unicodeScalars)

  private func index(of wanted: [Unicode.Scalar], from start: Int) -> Int? {
    (start..<scalars.endIndex).first { starts(with: wanted, at: $0) }
  }
}

extension Unicode.Scalar {
  fileprivate var isPartOfName: Bool { isLetterOrDigit || self == "_" || self == "-" }
  fileprivate var isPartOfToken: Bool { isPartOfName || self == "+" }
  fileprivate var isBlankOrQuote: Bool {
    self == " " || self == "\t" || self == "\"" || self == "'"
  }
}
