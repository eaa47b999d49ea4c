import Forges
package import ProviderHTTP
package import Reporting
import RunningProcess
package import TinyforgeCore

/// How a report is posted, as a comment or as an issue: the connection, the language, and where messages go.
package struct PostChannel {
  let phrases: Phrases
  /// Writes a hint to standard error.
  let hint: (String) -> Void
  /// Writes a warning to standard error.
  let warn: (String) -> Void
  private let settings: Result<HTTPSettings, Failure>
  private let tokens: WrittenTokens
  private let showing: (String) -> Void

  /// Creates one from its parts; `settings` are how requests are made, or why none can be made, `hint` and `warn` take
  /// lines for standard error, `showing` the requests that a dry run shows.
  package init(
    phrases: Phrases, settings: Result<HTTPSettings, Failure>, tokens: WrittenTokens,
    hint: @escaping (String) -> Void, warn: @escaping (String) -> Void,
    showing: @escaping (String) -> Void
  ) {
    self.phrases = phrases
    self.settings = settings
    self.tokens = tokens
    self.hint = hint
    self.warn = warn
    self.showing = showing
  }

  /// Connects and posts; whatever fails is a warning that names the `place`.
  ///
  /// `post` gets the connection, and what shows a request. What it shows and why it fails may hold words of the forge, and
  /// those a token, which is taken out.
  func post(
    to place: String,
    _ post: (PostConnection, _ show: ([APIRequest]) -> Void) async throws(Failure) -> Void
  ) async {
    var scrubber = TokenScrubber()
    do {
      let connection = try PostConnection(try settings.get(), tokens)
      scrubber = connection.settings.scrubber(connection.tokens.map(\.token))
      let known = scrubber
      try await post(connection) { writes in
        if writes.isEmpty { hint("note: nothing would be sent to \(place)") }
        for write in writes { showing(known.scrub(write.shown as String)) }
      }
    } catch {
      warn(scrubber.scrub("not posted to \(place): \(error.sentence)"))
    }
  }

  /// The failure of a post without a token; `kind` is what the token of a forge's job may not write.
  func noToken(for place: PostPlace, writing kind: String) -> Failure {
    let name = place.forge.definition.pipeline.jobTokenVariable
    let job = name.flatMap {
      Environment.variable($0) == nil ? nil : " (\($0) may not write \(kind))"
    }
    return place.noToken(job: job ?? "")
  }
}
