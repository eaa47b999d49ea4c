internal import TinyforgeCore

/// Reads what forges answer.
enum ForgeAnswer {
  /// The commit that a reference leads to; nil where the answer tells of none.
  static func commit(_ response: HTTPResponse, _ kind: ForgeKind) -> CommitFacts? {
    switch kind {
    case .github: return plainCommit(response) ?? commit(response.object?["sha"], nil, nil)
    case .gitea:
      guard let object = response.object else { return nil }
      if let inner = object["commit"], inner["id"] != nil {
        return commit(inner["id"], inner["timestamp"], inner["message"])
      }
      let inner = object["commit"]
      return commit(
        object["sha"], inner?["committer"]?["date"] ?? object["created"], inner?["message"])
    case .gitlab:
      guard let object = response.object else { return nil }
      // A branch and a tag tell theirs as a part of themselves.
      let inner = object["commit"]
      return commit(
        inner?["id"] ?? object["id"], inner?["committed_date"] ?? object["committed_date"],
        inner?["message"] ?? object["message"] ?? object["title"])
    }
  }

  /// GitHub's short form: the id alone.
  private static func plainCommit(_ response: HTTPResponse) -> CommitFacts? {
    let text = String(decoding: response.body.prefix(80), as: UTF8.self).filter { !$0.isWhitespace }
    return commit(.string(text), nil, nil)
  }

  private static func commit(_ id: JSONValue?, _ date: JSONValue?, _ message: JSONValue?)
    -> CommitFacts?
  {
    guard let id = id?.text, isObjectID(id) else { return nil }
    let subject = message?.text?.split(whereSeparator: \.isNewline).first.map(String.init)
    return CommitFacts(
      id: id, committedAt: date?.text.flatMap { UTCTime.utc(ofRFC3339: $0) }, subject: subject ?? ""
    )
  }

  /// The date and subject of GitHub's `git/commits`.
  static func facts(_ response: HTTPResponse, id: String) -> CommitFacts? {
    guard let object = response.object else { return nil }
    return commit(.string(id), object["committer"]?["date"], object["message"])
  }

  /// Whether the text is a whole object id: 40 hexadecimal digits, or 64 of SHA-256.
  static func isObjectID(_ text: String) -> Bool {
    [40, 64].contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// The default branch of a repository's description; nil where it has no commits yet.
  static func defaultBranch(_ response: HTTPResponse) -> String? {
    guard let object = response.object, object["empty"] != .bool(true),
      object["empty_repo"] != .bool(true)
    else { return nil }
    guard let name = object["default_branch"]?.text, !name.isEmpty else { return nil }
    return name
  }

  /// The file that an answer holds, or what stands at the path instead.
  static func content(_ response: HTTPResponse, _ kind: ForgeKind) -> SpecSnapshot.Content {
    if kind == .github, let obstacle = listing(response) { return .refused(obstacle) }
    return .judged(response.body)
  }

  /// GitHub describes what is no file in JSON, in spite of being asked for its bytes.
  private static func listing(_ response: HTTPResponse) -> SpecObstacle? {
    guard response[header: "Content-Type"]?.hasPrefix("application/json") == true else {
      return nil
    }
    if response.body.first == UInt8(ascii: "[") { return .directory }
    switch response.object?["type"]?.text {
    case "dir": return .directory
    case "symlink": return .symbolicLink
    case "submodule": return .submodule
    default: return nil
    }
  }

  /// Why the bytes are not the file that was asked for, by what GitLab says of them; nil where they
  /// are, or nothing is said.
  static func mismatch(_ response: HTTPResponse, commit: String) -> String? {
    if let told = response[header: "X-Gitlab-Commit-Id"], told != commit {
      return "the file of another commit"
    }
    guard let told = response[header: "X-Gitlab-Content-Sha256"] else { return nil }
    return HexDigest.sha256(response.body) == told.lowercased()
      ? nil : "a file that was damaged on the way"
  }

  /// The forge's own words on a failure, which are untrusted, and of any length; nil where it has none.
  static func words(_ response: HTTPResponse) -> String? {
    guard let object = response.object else { return nil }
    let text = object["message"]?.text ?? object["error_description"]?.text ?? object["error"]?.text
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }
}
