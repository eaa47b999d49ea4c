internal import Synchronization
package import TinyforgeCore

/// Reads specs from forges: the commit that a branch leads to, and the file as of that commit.
package final class ForgeReader: Sendable {
  private let settings: HTTPSettings
  private let tokens: TokenBook
  private let cache: ResponseCache?
  private let health = OriginHealth()
  private let shared: Mutex<Shared>

  private struct Shared {
    /// Made by the first request: libcurl takes 11 ms to load.
    var client: Result<HTTPClient, HTTPFault>?
    /// Knows each token that was used.
    var scrubber: TokenScrubber
    var deadline: ContinuousClock.Instant?
    /// Which forges are in networks that the admin named, where that was asked.
    var named: [HTTPOrigin: Bool] = [:]
  }

  /// Creates a reader; without `cache` nothing is kept.
  package init(settings: HTTPSettings, tokens: TokenBook, cache: ResponseCache?) {
    self.settings = settings
    self.tokens = tokens
    self.cache = cache
    shared = Mutex(Shared(scrubber: settings.scrubber(tokens.knownTokens)))
  }

  /// From now on, what is not answered within `limit` fails; nil lifts the limit.
  package func setDeadline(_ limit: Duration?) {
    shared.withLock { $0.deadline = limit.map { ContinuousClock.now + $0 } }
  }

  /// Which commit is read.
  package enum Place: Sendable {
    /// The tip of a branch; nil for the repository's own default.
    case branch(String?)
    /// Whatever the forge takes for a revision.
    case revision(String)
  }

  /// Reads the file at `path` as of a place.
  ///
  /// A file that is not there is a content, for the repository was seen. Throws `.notFound` for a
  /// branch or revision that is not there, `.network` for every other failure.
  package func read(
    _ repository: ForgeRepository, _ sealedToken: String?, path: String, _ place: Place
  )
    async throws(Failure) -> SpecSnapshot
  {
    let origin = repository.forge.api.origin
    do {
      let snapshot = try await snapshot(repository, sealedToken, path, place)
      health.noteReading(of: origin)
      return snapshot
    } catch let failure as Failure {
      throw scrubber.scrub(failure)
    } catch let refusal as ForgeRefusal {
      if let fault = refusal.fault { health.noteFailure(fault, of: origin) }
      throw scrubber.scrub(refusal.failure)
    } catch let fault as HTTPFault {
      health.noteFailure(fault, of: origin)
      throw scrubber.scrub(fault.failure)
    } catch {
      throw Failure(.network, "the forge could not be asked")
    }
  }

  private func snapshot(
    _ repository: ForgeRepository, _ sealedToken: String?, _ path: String, _ place: Place
  ) async throws -> SpecSnapshot {
    let session = try session(repository, sealedToken)
    let segments = try Self.segments(of: path)
    guard let commit = try await session.commit(place) else {
      return snapshot(repository, path, nil, .absent("\(repository.shown) has no commits yet"))
    }
    return snapshot(repository, path, commit, try await session.content(segments, commit, path))
  }

  private func snapshot(
    _ repository: ForgeRepository, _ path: String, _ commit: CommitFacts?,
    _ content: SpecSnapshot.Content
  ) -> SpecSnapshot {
    SpecSnapshot(
      path: path, provenance: .http, repository: repository.webAddress, commit: commit,
      content: content)
  }

  /// Whether the forge is in a network that the admin named: looked up once a run.
  private func isNamed(_ origin: HTTPOrigin) -> Bool {
    if let known = shared.withLock({ $0.named[origin] }) { return known }
    let isNamed = NameCheck.isNamed(origin, settings)
    shared.withLock { $0.named[origin] = isNamed }
    return isNamed
  }

  private func session(_ repository: ForgeRepository, _ sealed: String?) throws -> ForgeSession {
    let forge = repository.forge
    let answer = tokens.answer(for: forge, sealed: sealed)
    var authorization: HTTPAuthorization?
    var access = ForgeFailure.Access.none
    switch answer {
    case .none: break
    case .withheld(let reason): access = .withheld(reason)
    case .token(let token, let isForNamedNetworks) where isForNamedNetworks:
      guard isNamed(forge.api.origin) else {
        access = .withheld(.unnamed)
        break
      }
      authorization = HTTPAuthorization(
        token, tokens.header(of: token, for: forge), for: forge.api.origin, isForNamedNetworks: true
      )
      access = .token
    case .keyMissing: access = .keyMissing
    case .keyWrong:
      throw HTTPFault(
        .unusable, "the workload's access_token cannot be decrypted with this ENCRYPTION_KEY",
        remedy: "set the ENCRYPTION_KEY that Tinyforge runs with, or save the token there anew")
    case .token(let token, _):
      shared.withLock { $0.scrubber.add(token) }
      authorization = HTTPAuthorization(
        token, tokens.header(of: token, for: forge), for: forge.api.origin)
      access = .token
    }
    return ForgeSession(
      repository: repository, authorization: authorization,
      failures: ForgeFailure(repository: repository, access: access, scrubber: scrubber),
      reader: self)
  }

  /// The same rules as for a path in a local repository.
  private static func segments(of path: String) throws(HTTPFault) -> [String] {
    let segments = path.splitAtScalar("/").map(String.init)
    let isPlain = segments.allSatisfy { segment in
      PathSegment.isName(segment)
        && !segment.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
    guard isPlain else {
      throw HTTPFault(
        .unusable, "the path '\(path.shownSafely)' is not a path within a repository",
        remedy: "give the path from the root of the repository, such as deploy/.tinyforge.yml")
    }
    return segments
  }

  // MARK: Secrets

  /// Knows every token that this run has used so far.
  var scrubber: TokenScrubber { shared.withLock { $0.scrubber } }

  // MARK: Requests

  /// Asks, with what the cache holds: an answer of 304 is the one that was kept.
  ///
  /// With `isForever` what was kept is not asked for again.
  func get(_ request: HTTPRequest, isForever: Bool = false) async throws(HTTPFault) -> HTTPResponse
  {
    let key = ResponseCache.Key(request)
    let kept = cache?.load(key)
    if isForever, let kept { return kept.response }
    var request = request
    if let kept { request.headers.append(HTTPHeader("If-None-Match", kept.etag)) }
    let response = try await send(request)
    if response.status == 304 {
      if let kept { return kept.response }
      throw HTTPFault(
        .malformed,
        "\(request.url.origin.text.shownSafely) answered that nothing is new (304), though it was "
          + "not asked for that",
        remedy: "check the proxies between this machine and the forge")
    }
    if let cache, let fresh = CachedResponse(response, scrubber), fresh != kept {
      cache.store(fresh, key)
    }
    return response
  }

  private func send(_ request: HTTPRequest) async throws(HTTPFault) -> HTTPResponse {
    let origin = request.url.origin
    try health.require(origin)
    let (client, deadline) = shared.withLock { shared in
      if shared.client == nil {
        shared.client = Self.client(settings)
        // Now and then is often enough for what may lie there for a month.
        if Int.random(in: 0..<32) == 0 { cache?.clean() }
      }
      return (shared.client, shared.deadline)
    }
    guard let client = try client?.get() else {
      throw HTTPFault(.unusable, "libcurl could not be started")
    }
    let response = try await client.send(request, before: deadline)
    health.noteLimit(response, of: origin)
    return response
  }

  private static func client(_ settings: HTTPSettings) -> Result<HTTPClient, HTTPFault> {
    do { return .success(try HTTPClient(settings)) } catch { return .failure(error) }
  }
}
