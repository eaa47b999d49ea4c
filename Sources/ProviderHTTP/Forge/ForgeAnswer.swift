internal import TinyforgeCore

/// A forge's answer, read: what is taken from it holds no token.
struct ForgeAnswer {
  let response: HTTPResponse
  let kind: ForgeKind
  let scrubber: TokenScrubber

  /// The commit that a reference leads to; nil where the answer tells of none.
  var commit: CommitFacts? {
    switch kind {
    case .github: return plainCommit ?? commit(response.object?["sha"]?.text, nil, nil)
    case .gitea:
      guard let object = response.object else { return nil }
      if let inner = object["commit"], let id = inner["id"]?.text {
        return commit(id, inner["timestamp"], inner["message"])
      }
      let inner = object["commit"]
      return commit(
        object["sha"]?.text, inner?["committer"]?["date"] ?? object["created"], inner?["message"])
    case .gitlab:
      guard let object = response.object else { return nil }
      // A branch and a tag tell theirs as a part of themselves.
      let inner = object["commit"]
      return commit(
        (inner?["id"] ?? object["id"])?.text,
        inner?["committed_date"] ?? object["committed_date"],
        inner?["message"] ?? object["message"] ?? object["title"])
    }
  }

  /// GitHub's short form: the id alone.
  private var plainCommit: CommitFacts? {
    guard let body = scrubber.clean(response.body) else { return nil }
    let text = String(decoding: body.prefix(80), as: UTF8.self).filter { !$0.isWhitespace }
    return commit(ServerText(text), nil, nil)
  }

  private func commit(_ id: ServerText?, _ date: ServerJSON?, _ message: ServerJSON?)
    -> CommitFacts?
  {
    // Gitea's tokens have the form of a commit's id.
    guard let id = id.flatMap(scrubber.cleanText), ObjectID.isWhole(id) else { return nil }
    let subject = message?.text.map { scrubber.scrub($0) }?
      .splitAtScalars(where: \.isNewline).first.map { String($0) }
    return CommitFacts(
      id: id,
      committedAt: date?.text.flatMap(scrubber.cleanText).flatMap { UTCTime.utc(ofRFC3339: $0) },
      // Shortened last: a token that was cut through would not be found.
      subject: subject?.shortened(to: CommitFacts.subjectLimit) ?? "")
  }

  /// The date and subject of GitHub's `git/commits`.
  func facts(of id: String) -> CommitFacts? {
    guard let object = response.object else { return nil }
    return commit(ServerText(id), object["committer"]?["date"], object["message"])
  }

  /// The default branch of a repository's description; nil where it has no commits yet.
  var defaultBranch: String? {
    guard let object = response.object, object["empty"]?.isTrue != true,
      object["empty_repo"]?.isTrue != true
    else { return nil }
    guard let name = object["default_branch"]?.text.flatMap(scrubber.cleanText), !name.isEmpty
    else { return nil }
    return name
  }

  /// The file that an answer holds, or what stands at the path instead; nil where a token is in it.
  var content: SpecSnapshot.Content? {
    if kind == .github, let obstacle = listing { return .refused(obstacle) }
    guard let bytes = scrubber.clean(response.body), !scrubber.finds(inSpec: bytes) else {
      return nil
    }
    return .judged(bytes)
  }

  /// GitHub describes what is no file in JSON, in spite of being asked for its bytes.
  private var listing: SpecObstacle? {
    let type = response[header: "Content-Type"]
    guard type?.satisfies({ $0.startsWithBytes(of: "application/json") }) == true else {
      return nil
    }
    if ServerJSON(response.body)?.items != nil { return .directory }
    guard let word = response.object?["type"]?.text else { return nil }
    let obstacles: [(String, SpecObstacle)] = [
      ("dir", .directory), ("symlink", .symbolicLink), ("submodule", .submodule),
    ]
    return obstacles.first { obstacle in word.satisfies { $0 == obstacle.0 } }?.1
  }

  /// Why the bytes are not the file that was asked for, by what GitLab says of them; nil where they
  /// are, or nothing is said.
  func mismatch(with commit: String) -> String? {
    if let told = response[header: "X-Gitlab-Commit-Id"], !told.satisfies({ $0 == commit }) {
      return "the file of another commit"
    }
    guard let told = response[header: "X-Gitlab-Content-Sha256"],
      let body = scrubber.clean(response.body)
    else { return nil }
    let digest = HexDigest.sha256(body)
    return told.satisfies { $0.lowercased() == digest } ? nil : "a file that was damaged on the way"
  }
}
