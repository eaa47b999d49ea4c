internal import Forges
internal import Glibc
internal import TinyforgeCore

/// Asks one forge's API with one token, for what is posted there.
struct ForgeCaller: Sendable {
  /// What the writes concern.
  let place: PostPlace
  private let client: HTTPClient
  private let token: Token
  /// Takes tokens out of what the forge wrote.
  let scrubber: TokenScrubber
  private let deadline: ContinuousClock.Instant
  /// The account that the token is of; nil to ask the forge for it.
  private let author: ServerText?

  /// `deadline` ends all requests together.
  init(
    _ place: PostPlace, client: HTTPClient, token: Token, author: String?,
    deadline: ContinuousClock.Instant
  ) {
    self.place = place
    self.client = client
    self.token = token
    scrubber = client.scrubber([token])
    self.deadline = deadline
    self.author = author.map { ServerText($0) }
  }

  private var comments: ForgeComments { place.forge.definition.comments }

  // MARK: Reading

  /// The login of the account that the token is of.
  func login() async throws(Failure) -> ServerText {
    if let author { return author }
    let query = comments.viewer(place.api)
    let account = comments.account(try json(try await answer(query)))
    guard let login = PostedComment.login(account, forge: place.forge), !login.isEmpty else {
      throw Failure(
        .network, "\(place.forgeName) does not say whose the token is",
        remedy: "name the account that comments with --post-as LOGIN")
    }
    return login
  }

  /// What is at an address.
  func read(_ address: String) async throws(Failure) -> ServerJSON {
    try json(try await answer(APIRequest(method: "GET", address: address)))
  }

  /// The items of a list, through all pages, each once; nil where there are more than are looked through.
  ///
  /// `id` is the member that identifies them.
  func items(id: String = "id", _ address: (_ page: Int) -> String) async throws(Failure)
    -> [ServerJSON]?
  {
    var all: [ServerJSON] = []
    var seen: Set<Int> = []
    for page in 1...Self.pageLimit {
      let response = try await answer(APIRequest(method: "GET", address: address(page)))
      guard let items = try json(response).items else { throw malformed() }
      let fresh = items.filter { item in
        item[id]?.wholeNumber.map { seen.insert($0).inserted } ?? false
      }
      all += fresh
      // Gitea takes no account of the page of comments, and gives everything each time.
      guard !fresh.isEmpty, hasMore(response, seen: seen.count) else { return all }
    }
    return nil
  }

  private static let pageLimit = 500

  /// The pages are counted here, for the address of a next one is the server's to write.
  private func hasMore(_ response: HTTPResponse, seen: Int) -> Bool {
    if response[header: "Link"]?.satisfies(LinkHeader.namesNext) == true { return true }
    if let next = response[header: "X-Next-Page"], !next.isEmpty { return true }
    return response[header: "X-Total-Count"]?.number.map { $0 > seen } ?? false
  }

  private func answer(_ asked: APIRequest) async throws(Failure) -> HTTPResponse {
    let order = try order(asked)
    let response: HTTPResponse
    do { response = try await client.send(order, before: deadline) } catch { throw error.failure }
    guard response.isSuccess else { throw refusal(response, isLocked: false, place) }
    return response
  }

  // MARK: Writing

  /// Carries out a write.
  ///
  /// `namesOne`: it concerns something that may have been removed meanwhile. `subject` is what a refusal names.
  func write(_ write: APIRequest, namesOne: Bool, isLocked: Bool, _ subject: PostPlace? = nil)
    async throws(Failure) -> ForgeWritten
  {
    let order = try order(write)
    let response: HTTPResponse
    do { response = try await client.send(order, before: deadline) } catch {
      if order.method == .post, error.kind == .brokenOff { return .unknown(error.failure) }
      throw error.failure
    }
    if namesOne, response.status == 404 || response.status == 410 { return .gone }
    guard response.isSuccess else {
      throw refusal(response, isLocked: isLocked, subject ?? place)
    }
    return .done(response.body.isEmpty ? .null : try json(response))
  }

  // MARK: Requests

  private func json(_ response: HTTPResponse) throws(Failure) -> ServerJSON {
    guard let json = ServerJSON(response.body) else { throw malformed() }
    return json
  }

  private func malformed() -> Failure {
    Failure(
      .network, "\(place.api.shownSafely) does not answer as \(place.forgeName) does",
      remedy: "check the address of the API, and the proxies on the way to it")
  }

  private func order(_ asked: APIRequest) throws(Failure) -> HTTPRequest {
    guard let url = HTTPURL(asked.address), let verb = HTTPMethod(rawValue: asked.method) else {
      throw Failure(
        .usage, "\(asked.address.shownSafely) is not the address of an API", remedy: nil)
    }
    let authorization = HTTPAuthorization(
      token, place.forge.definition.api.tokenHeader(token, false), for: url.origin)
    // A hundred comments of 65,536 characters each.
    let limit = 32 << 20
    let headers = comments.headers.map { HTTPHeader($0.0, $0.1) }
    guard let body = asked.json else {
      return HTTPRequest(
        verb, url, headers: headers, authorization: authorization, bodyLimit: limit)
    }
    return HTTPRequest(
      verb, url, json: body, headers: headers, authorization: authorization, bodyLimit: limit)
  }

  private func refusal(_ response: HTTPResponse, isLocked: Bool, _ place: PostPlace) -> Failure {
    PostRefusal(
      status: response.status, words: RefusalWords(response.object),
      retryAfter: response.retryAfter(now: Int64(time(nil))),
      isLimitUsedUp: response.isLimitUsedUp, isLocked: isLocked, scrubber: scrubber
    ).failure(on: place)
  }
}
