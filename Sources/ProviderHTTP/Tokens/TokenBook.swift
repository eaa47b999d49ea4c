package import TinyforgeCore

/// Which token goes to which forge.
package struct TokenBook: Sendable {
  /// A token that was written down, and the origin that it was written down for.
  package struct Entry: Sendable {
    /// Nil for the only forge of a run.
    package var origin: HTTPOrigin?
    package var token: Token

    package init(origin: HTTPOrigin?, token: Token) {
      self.origin = origin
      self.token = token
    }
  }

  private let entries: [Entry]
  private let onlyOrigin: HTTPOrigin?
  private let key: EncryptionKey?

  /// `onlyOrigin` is where a token without an origin goes; nil where the run asks several forges.
  package init(entries: [Entry] = [], onlyOrigin: HTTPOrigin? = nil, key: EncryptionKey? = nil) {
    self.entries = entries
    self.onlyOrigin = onlyOrigin
    self.key = key
  }

  /// Reads what tokens are written down in: one token alone, or lines of an origin and its token,
  /// `#` for comments.
  ///
  /// `name` is what a message calls the text.
  package static func entries(in text: String, named name: String) throws(HTTPFault) -> [Entry] {
    var found: [Entry] = []
    let mark = "\u{FEFF}"
    let plain = text.hasPrefix(mark) ? text.dropFirst() : text[...]
    let lines = plain.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let words = line.split { $0.isWhitespace }
      if words.isEmpty || words[0].first == "#" { continue }
      let token = words.last.flatMap { Token(String($0)) }
      let origin = words.count == 2 ? BaseURL(String(words[0]))?.origin : nil
      guard let token, words.count == 1 || origin != nil, words.count <= 2 else {
        throw HTTPFault(
          .unusable,
          "line \(index + 1) of \(name) is neither a token nor `https://HOST TOKEN`",
          remedy: "write one token alone, or a line for each forge: its address, a space, its token"
        )
      }
      found.append(Entry(origin: origin, token: token))
    }
    guard found.count(where: { $0.origin == nil }) <= 1 else {
      throw HTTPFault(
        .unusable, "\(name) holds several tokens without the forge that they are for",
        remedy: "write a line for each forge: its address, a space, its token")
    }
    return found
  }

  /// Every token that was written down, for the scrubber.
  package var writtenTokens: [Token] { entries.map(\.token) }

  /// Whether a token without an origin is held back because there are several forges.
  package var holdsBack: Bool { onlyOrigin == nil && entries.contains { $0.origin == nil } }

  /// What there is for a forge.
  enum Answer {
    case token(Token)
    /// Nobody has one.
    case none
    /// The database holds one, and `ENCRYPTION_KEY` is not set.
    case keyMissing
    /// The database holds one that this `ENCRYPTION_KEY` does not open.
    case keyWrong
  }

  /// A token that was written down comes before the database's own.
  func answer(for forge: Forge, sealed: String?) -> Answer {
    let origins = [forge.web.origin, forge.api.origin]
    let written =
      entries.first { entry in entry.origin.map { origins.contains($0) } ?? false }
      ?? (forge.web.origin == onlyOrigin ? entries.first { $0.origin == nil } : nil)
    if let written { return .token(written.token) }
    guard let sealed else { return .none }
    guard let key else { return .keyMissing }
    return key.open(sealed).map { .token($0) } ?? .keyWrong
  }
}
