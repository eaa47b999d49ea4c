package import Forges
internal import Glibc
package import TinyforgeCore

/// The comments of one pull or merge request, by its forge's API.
package struct CommentAPI: Sendable {
  /// The request that comments are written to.
  package let request: PullRequest
  private let client: HTTPClient
  private let token: Token
  /// Takes tokens out of what the forge wrote.
  let scrubber: TokenScrubber
  private let deadline: ContinuousClock.Instant

  /// `deadline` ends all requests together.
  package init(
    _ request: PullRequest, client: HTTPClient, token: Token, deadline: ContinuousClock.Instant
  ) {
    self.request = request
    self.client = client
    self.token = token
    scrubber = client.scrubber([token])
    self.deadline = deadline
  }

  /// What the request itself is like.
  package struct State: Sendable {
    /// The forge's word where it is not open, such as `closed` or `merged`; nil where it is.
    package var closed: ServerText?
    /// Whether only some may comment.
    package var isLocked: Bool
  }

  /// Asks whose comments there are, and which are the pipeline's own.
  package func state() async throws(Failure) -> State {
    let json = try await read(request.address)
    let word = json["state"]?.text ?? ServerText("")
    return State(
      closed: word.satisfies { $0 == forge.openState } ? nil : word,
      isLocked: json[forge.lockedMember]?.isTrue == true)
  }

  /// The login of the account that the token is of.
  package func viewer() async throws(Failure) -> ServerText {
    let query = forge.viewer(request.api)
    let account = forge.account(try json(try await answer(query)))
    guard let login = PostedComment.login(account, forge: request.forge), !login.isEmpty else {
      throw Failure(
        .network, "\(request.forge.definition.name) does not say whose the token is",
        remedy: "name the account that comments with --post-as LOGIN")
    }
    return login
  }

  /// All comments, through all pages.
  package func comments() async throws(Failure) -> [PostedComment] {
    var comments: [PostedComment] = []
    var seen: Set<Int64> = []
    for page in 1...Self.pageLimit {
      let response = try await answer(get(request.commentsAddress(page: page)))
      guard let items = try json(response).items else { throw malformed() }
      let fresh = items.compactMap { item -> Int64? in
        item["id"]?.wholeNumber.map { Int64($0) }
      }.filter { seen.insert($0).inserted }
      comments += items.compactMap { PostedComment($0, forge: request.forge) }
        .filter { fresh.contains($0.id) }
      // Gitea takes no account of the page, and gives everything each time.
      guard !fresh.isEmpty, hasMore(response, seen: seen.count) else { return comments }
    }
    throw Failure(
      .network, "\(request.shownName) has more comments than are looked through", remedy: nil)
  }

  private static let pageLimit = 500

  /// The pages are counted here, for the address of a next one is the server's to write.
  private func hasMore(_ response: HTTPResponse, seen: Int) -> Bool {
    if response[header: "Link"]?.satisfies(LinkHeader.namesNext) == true { return true }
    if let next = response[header: "X-Next-Page"], !next.isEmpty { return true }
    return response[header: "X-Total-Count"]?.number.map { $0 > seen } ?? false
  }

  /// What became of a write.
  package enum Written: Sendable {
    case done(ServerJSON)
    /// The comment that it names is gone.
    case gone
    /// The connection ended before the answer, so that it is unknown whether it was carried out.
    case unknown(Failure)
  }

  /// Carries out a write.
  package func write(_ write: APIRequest, isLocked: Bool) async throws(Failure) -> Written {
    let order = try order(write)
    let response: HTTPResponse
    do { response = try await client.send(order, before: deadline) } catch {
      if order.method == .post, error.kind == .brokenOff { return .unknown(error.failure) }
      throw error.failure
    }
    let namesComment = write.address != request.commentsAddress
    if namesComment, response.status == 404 || response.status == 410 { return .gone }
    guard response.isSuccess else { throw refusal(response, isLocked: isLocked) }
    return .done(response.body.isEmpty ? .null : try json(response))
  }

  // MARK: Requests

  private var forge: ForgeComments { request.forge.definition.comments }

  private func get(_ address: String) -> APIRequest { APIRequest(method: "GET", address: address) }

  private func read(_ address: String) async throws(Failure) -> ServerJSON {
    try json(try await answer(get(address)))
  }

  private func json(_ response: HTTPResponse) throws(Failure) -> ServerJSON {
    guard let json = ServerJSON(response.body) else { throw malformed() }
    return json
  }

  private func malformed() -> Failure {
    Failure(
      .network,
      "\(request.api.shownSafely) does not answer as \(request.forge.definition.name) does",
      remedy: "check the address of the API, and the proxies on the way to it")
  }

  private func answer(_ asked: APIRequest) async throws(Failure) -> HTTPResponse {
    let order = try order(asked)
    let response: HTTPResponse
    do { response = try await client.send(order, before: deadline) } catch { throw error.failure }
    guard response.isSuccess else { throw refusal(response, isLocked: false) }
    return response
  }

  private func order(_ asked: APIRequest) throws(Failure) -> HTTPRequest {
    guard let url = HTTPURL(asked.address), let verb = HTTPMethod(rawValue: asked.method) else {
      throw Failure(
        .usage, "\(asked.address.shownSafely) is not the address of an API", remedy: nil)
    }
    let authorization = HTTPAuthorization(
      token, request.forge.definition.api.tokenHeader(token, false), for: url.origin)
    // A hundred comments of 65,536 characters each.
    let limit = 32 << 20
    let headers = forge.headers.map { HTTPHeader($0.0, $0.1) }
    guard let body = asked.json else {
      return HTTPRequest(
        verb, url, headers: headers, authorization: authorization, bodyLimit: limit)
    }
    return HTTPRequest(
      verb, url, json: body, headers: headers, authorization: authorization, bodyLimit: limit)
  }

  private func refusal(_ response: HTTPResponse, isLocked: Bool) -> Failure {
    PostRefusal(
      status: response.status, words: RefusalWords(response.object),
      retryAfter: response.retryAfter(now: Int64(time(nil))),
      isLimitUsedUp: response.isLimitUsedUp, isLocked: isLocked, scrubber: scrubber
    ).failure(on: request)
  }
}
