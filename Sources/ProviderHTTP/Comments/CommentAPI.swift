package import Forges
package import TinyforgeCore

/// The comments of one pull or merge request, by its forge's API.
package struct CommentAPI: Sendable {
  /// The request that comments are written to.
  package let request: PullRequest
  private let caller: ForgeCaller

  /// `author` is the account that the token is of, nil to ask the forge for it; `deadline` ends all requests together.
  package init(
    _ request: PullRequest, client: HTTPClient, token: Token, author: String?,
    deadline: ContinuousClock.Instant
  ) {
    self.request = request
    caller = ForgeCaller(
      request.place, client: client, token: token, author: author, deadline: deadline)
  }

  /// Takes tokens out of what the forge wrote.
  var scrubber: TokenScrubber { caller.scrubber }

  /// What the request itself is like.
  package struct State: Sendable {
    /// The forge's word where it is not open, such as `closed` or `merged`; nil where it is.
    package var closed: ServerText?
    /// Whether only some may comment.
    package var isLocked: Bool
  }

  /// Asks whose comments there are, and which are the pipeline's own.
  package func state() async throws(Failure) -> State {
    let forge = request.forge.definition.comments
    let json = try await caller.read(request.address)
    let word = json["state"]?.text ?? ServerText("")
    return State(
      closed: word.satisfies { $0 == forge.openState } ? nil : word,
      isLocked: json[forge.lockedMember]?.isTrue == true)
  }

  /// The login of the account that the token is of.
  func login() async throws(Failure) -> ServerText { try await caller.login() }

  /// All comments, through all pages.
  package func comments() async throws(Failure) -> [PostedComment] {
    guard let items = try await caller.items({ request.commentsAddress(page: $0) }) else {
      throw Failure(
        .network, "\(request.shownName) has more comments than are looked through", remedy: nil)
    }
    return items.compactMap { PostedComment($0, forge: request.forge) }
  }

  /// Carries out a write.
  package func write(_ write: APIRequest, isLocked: Bool) async throws(Failure) -> ForgeWritten {
    try await caller.write(
      write, namesOne: write.address != request.commentsAddress, isLocked: isLocked)
  }
}
