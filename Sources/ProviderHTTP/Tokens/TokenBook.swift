internal import Forges
package import TinyforgeCore

/// Which token goes to which forge.
package struct TokenBook: Sendable {
  /// A token that was written down, and the origin that it was written down for.
  package struct Entry: Sendable {
    /// Nil where none was written; see ``Owner``.
    package var origin: HTTPOrigin?
    /// The secret.
    package var token: Token

    /// Creates one from its parts.
    package init(origin: HTTPOrigin?, token: Token) {
      self.origin = origin
      self.token = token
    }
  }

  /// Which forge a token without an origin is for.
  ///
  /// The addresses of forges are in the database, and a row of it must not be able to request a
  /// token that was meant for another forge.
  package enum Owner: Sendable {
    /// The forge of the run's own pipeline, or the one that is posted to.
    case forge(Set<HTTPOrigin>)
    /// The only forge of the run, and that only in a network that the admin named.
    case onlyForge(HTTPOrigin)
    /// None: the run asks several forges.
    case none
  }

  /// The token of a job, which is for the forge that the job runs on.
  package struct JobToken: Sendable {
    let token: Token
    let origins: Set<HTTPOrigin>

    /// Creates one from its parts.
    package init(_ token: Token, for origins: Set<HTTPOrigin>) {
      self.token = token
      self.origins = origins
    }
  }

  private let entries: [Entry]
  private let owner: Owner
  private let key: EncryptionKey?
  private let job: JobToken?

  /// Creates one from its parts.
  package init(
    entries: [Entry] = [], owner: Owner = .none, key: EncryptionKey? = nil, job: JobToken? = nil
  ) {
    self.entries = entries
    self.owner = owner
    self.key = key
    self.job = job
  }

  /// The header that carries a token: one that is the job's own is sent as such, wherever it was written down.
  func header(of token: Token, for forge: Forge) -> String {
    forge.kind.definition.api.tokenHeader(token, token.secretBytes == job?.token.secretBytes)
  }

  /// Reads what tokens are written down in: one token alone, or lines of an origin and its token,
  /// `#` for comments.
  ///
  /// `name` is what a message calls the text.
  package static func entries(in text: String, named name: String) throws(HTTPFault) -> [Entry] {
    var found: [Entry] = []
    let mark = "\u{FEFF}"
    let plain = text.startsWithBytes(of: mark) ? text.droppingBytes(first: mark.utf8.count) : text
    for (index, line) in plain.textLines.enumerated() {
      let words = line.splitAtScalars(where: \.isWhitespace)
      if words.isEmpty || words[0].startsWithBytes(of: "#") { continue }
      // An address alone is a line whose token is missing.
      let isAddress = words.last.map { $0.utf8.contains("://".utf8) } ?? false
      let token = isAddress ? nil : words.last.flatMap { Token(String($0)) }
      let origin = words.count == 2 ? BaseURL(String(words[0]))?.origin : nil
      if words.count == 1, isAddress || Self.isHost(words[0]) {
        throw HTTPFault(
          .unusable, "line \(index + 1) of \(name) is an address without its token",
          remedy: "write both on one line: `https://HOST TOKEN`")
      }
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

  /// Whether a word is the name of a host rather than a token: parts of letters with dots between them, the last one a
  /// domain's.
  private static func isHost(_ word: Substring) -> Bool {
    let host = word.prefix { $0 != "/" && $0 != ":" }
    let parts = host.splitAtScalar(".")
    // A token of three parts (a JWT) begins with the base64 of `{"`.
    guard parts.count > 1, !host.startsWithBytes(of: "eyJ"), host.utf8.count < 64,
      let last = parts.last, last.utf8.count >= 2
    else { return false }
    return last.utf8.allSatisfy { (0x61...0x7A).contains($0) }
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
              || byte == UInt8(ascii: "-")
          }
      }
  }

  /// Every token that is known from the start, for the scrubber.
  package var knownTokens: [Token] { entries.map(\.token) + [job?.token].compactMap(\.self) }

  /// Why a token without an origin is not shown to a forge.
  enum Withheld: Equatable {
    case severalForges
    /// It belongs to this one.
    case other(HTTPOrigin?)
    /// The forge is in no network that the admin named.
    case unnamed

    /// The reason, to be followed by what to do.
    var sentence: String {
      switch self {
      case .severalForges:
        "the token that was given names no forge, and the workloads are on several"
      case .other(let origin?):
        "the token that was given is for \(origin.text.shownSafely), where this run belongs"
      case .other(nil): "the token that was given is for the forge that this run belongs to"
      case .unnamed: "the token that was given names no forge, so it is not sent to this one"
      }
    }
  }

  /// What there is for a forge.
  enum Answer {
    /// With `isForNamedNetworks` it goes to addresses there alone.
    case token(Token, isForNamedNetworks: Bool)
    case withheld(Withheld)
    /// There is none.
    case none
    /// The database holds one, and `ENCRYPTION_KEY` is not set.
    case keyMissing
    /// The database holds one that this `ENCRYPTION_KEY` does not open.
    case keyWrong
  }

  /// A token that was written down comes before the database's own.
  func answer(for forge: Forge, sealed: String?) -> Answer {
    let origins = [forge.web.origin, forge.api.origin]
    let addressed = entries.first { entry in entry.origin.map { origins.contains($0) } ?? false }
    if let addressed { return .token(addressed.token, isForNamedNetworks: false) }
    let unaddressed = entries.first { $0.origin == nil }?.token
    switch (unaddressed, owner) {
    case (let token?, .forge(let own)) where !own.isDisjoint(with: origins):
      return .token(token, isForNamedNetworks: false)
    case (let token?, .onlyForge(let only)) where origins.contains(only):
      return .token(token, isForNamedNetworks: true)
    default: break
    }
    guard let sealed else {
      if let job, forge.kind.definition.pipeline.jobTokenVariable != nil,
        !job.origins.isDisjoint(with: origins)
      {
        return .token(job.token, isForNamedNetworks: false)
      }
      return unaddressed == nil ? .none : .withheld(withheld)
    }
    guard let key else { return .keyMissing }
    return key.open(sealed).map { .token($0, isForNamedNetworks: false) } ?? .keyWrong
  }

  private var withheld: Withheld {
    switch owner {
    case .forge(let own): .other(own.min { $0.text.utf8.count < $1.text.utf8.count })
    case .onlyForge: .unnamed
    case .none: .severalForges
    }
  }
}
