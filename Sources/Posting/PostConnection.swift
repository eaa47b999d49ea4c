import ProviderHTTP
import RunningProcess
import TinyforgeCore

/// How a forge is asked, and with which tokens.
struct PostConnection {
  /// How each request is made.
  let settings: HTTPSettings
  /// The tokens that were written down.
  let tokens: [TokenBook.Entry]

  /// Reads the tokens.
  init(_ settings: HTTPSettings, _ tokens: WrittenTokens) throws(Failure) {
    self.settings = settings
    self.tokens = try tokens.entries(variable: Environment.variable) { (path) throws(Failure) in
      try WholeFile.read(path, as: "the token file")
    }
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
