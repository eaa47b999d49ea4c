package import ProviderHTTP
internal import TinyforgeCore

/// How a forge is asked, and with which tokens.
package struct PostConnection {
  /// How each request is made.
  let settings: HTTPSettings
  /// The tokens that were written down.
  let tokens: [TokenBook.Entry]

  /// Creates one from its parts.
  package init(settings: HTTPSettings, tokens: [TokenBook.Entry]) {
    self.settings = settings
    self.tokens = tokens
  }

  /// The token for a forge: the one that was written down for it, else the one without an address.
  func token(for origins: Set<HTTPOrigin>) -> Token? {
    let own = tokens.first { $0.origin.map { origins.contains($0) } ?? false }
    return (own ?? tokens.first { $0.origin == nil })?.token
  }

  /// A client that asks by these settings.
  func client() throws(Failure) -> HTTPClient {
    do throws(HTTPFault) { return try HTTPClient(settings) } catch { throw error.failure }
  }

  /// Long enough for a forge that asks to wait, short enough for a job.
  static let timeLimit = 120
}
