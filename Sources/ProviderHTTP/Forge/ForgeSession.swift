internal import Forges
internal import TinyforgeCore

/// The steps of reading one repository with one token.
struct ForgeSession {
  let repository: ForgeRepository
  let authorization: HTTPAuthorization?
  let failures: ForgeFailure
  let reader: ForgeReader

  private var reading: ForgeReading { repository.forge.kind.definition.reading }

  private func answer(_ response: HTTPResponse) -> ForgeAnswer {
    ForgeAnswer(
      response: response, kind: repository.forge.kind, scrubber: reader.scrubber)
  }

  // MARK: The commit

  /// The commit of a place; nil where the repository has none yet.
  func commit(_ place: ForgeReader.Place) async throws -> CommitFacts? {
    switch place {
    case .branch(let name?): return try await resolve(.branch(name))
    case .branch(nil), .revision("HEAD"):
      guard let name = try await defaultBranch() else { return nil }
      return try await resolve(.branch(name))
    case .revision(let name): return try await resolve(.revision(name))
    }
  }

  private func defaultBranch() async throws -> String? {
    let response = try await get(repository.description)
    guard response.isSuccess else { throw failures.of(response, asking: "the repository") }
    guard response.object != nil else { throw failures.unreadable("the repository", response) }
    return answer(response).defaultBranch
  }

  private func resolve(_ reference: ForgeReference) async throws -> CommitFacts? {
    let response = try await ask(reference)
    guard response.isSuccess else { return try await absence(response, of: reference) }
    return try await commit(in: response)
  }

  private func ask(_ reference: ForgeReference) async throws -> HTTPResponse {
    let (url, headers) = repository.resolve(reference)
    return try await get(url, headers)
  }

  private func commit(in response: HTTPResponse) async throws -> CommitFacts {
    guard let commit = answer(response).commit else {
      throw failures.unreadable("a commit", response)
    }
    return await described(commit)
  }

  /// Nil for a repository without commits; else what a refused reference means.
  private func absence(_ response: HTTPResponse, of reference: ForgeReference)
    async throws -> CommitFacts?
  {
    // Such a repository may have a default branch all the same.
    if response.status == reading.emptyStatus { return nil }
    // GitHub answers 422 to an unknown reference.
    guard [404, 422].contains(response.status) else {
      throw failures.of(response, asking: "a commit")
    }
    if try await defaultBranch() == nil { return nil }
    switch reference {
    case .branch(let name):
      guard let commit = try await commit(ofBareName: name) else { throw failures.noBranch(name) }
      return commit
    case .tag(let name), .revision(let name): throw failures.noRevision(name)
    }
  }

  /// The commit of a branch by its bare name; nil where there is none, or the name is that of
  /// something else.
  private func commit(ofBareName name: String) async throws -> CommitFacts? {
    guard reading.takesBareNames, ForgeRepository.canOnlyBeBranchOrTag(name) else { return nil }
    let bare = try await ask(.revision(name))
    guard bare.isSuccess else { return nil }
    let tag = try await ask(.tag(name))
    if tag.isSuccess { return nil }
    guard [404, 422].contains(tag.status) else { throw failures.of(tag, asking: "a tag") }
    return try await commit(in: bare)
  }

  /// The same commit with its date and subject, where the forge gives them in another answer.
  ///
  /// They are only shown, so that their absence is not a failure. They never change.
  private func described(_ commit: CommitFacts) async -> CommitFacts {
    guard commit.committedAt == nil, let url = repository.facts(of: commit.id),
      let response = try? await get(url, isForever: true), response.isSuccess
    else { return commit }
    return answer(response).facts(of: commit.id) ?? commit
  }

  // MARK: The file

  /// The content of the path as of the commit.
  func content(_ segments: [String], _ commit: CommitFacts, _ path: String) async throws
    -> SpecSnapshot.Content
  {
    let (url, headers) = repository.file(segments, at: commit.id)
    let response: HTTPResponse
    do {
      response = try await get(url, headers, bodyLimit: SpecObstacle.sizeLimit)
    } catch {
      guard case .tooLarge(let size) = error.kind else { throw error }
      return .refused(.tooLarge(size))
    }
    // The commit was just seen, so a file that is not found is not there.
    if response.status == 404 {
      return .absent(
        "there is no \(path.shownSafely) in \(ObjectID.short(commit.id)) of "
          + repository.webAddress.shownSafely)
    }
    // Any other success, such as a part of the file (206), is not the file.
    guard response.status == 200 else { throw failures.of(response, asking: "the spec") }
    return try content(of: response, commit)
  }

  private func content(of response: HTTPResponse, _ commit: CommitFacts) throws
    -> SpecSnapshot.Content
  {
    let host = repository.forge.web.origin.text.shownSafely
    if let encoding = response[header: "Content-Encoding"],
      !encoding.satisfies({ $0.lowercased() == "identity" })
    {
      throw HTTPFault(
        .malformed, "\(host) sent the spec compressed, though none was asked for",
        remedy: "check the proxies between this machine and the forge")
    }
    guard !response.isWebPage else { throw failures.unreadable("the spec", response) }
    let answer = answer(response)
    if let fault = answer.mismatch(with: commit.id) {
      throw HTTPFault(.malformed, "\(host) sent \(fault)", remedy: "try again later")
    }
    guard let content = answer.content else {
      throw Failure(
        .network, "the spec at \(host) holds the very token that it was fetched with",
        remedy: "revoke the token, and take it out of the repository")
    }
    return content
  }

  private func get(
    _ url: HTTPURL, _ headers: [HTTPHeader] = [], bodyLimit: Int = 1 << 19, isForever: Bool = false
  ) async throws(HTTPFault) -> HTTPResponse {
    try await reader.get(
      HTTPRequest(
        .get, url, headers: headers, authorization: authorization, bodyLimit: bodyLimit),
      isForever: isForever)
  }
}
