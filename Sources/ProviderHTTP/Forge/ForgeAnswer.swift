internal import Forges
internal import TinyforgeCore

/// A forge's answer, read: what is taken from it holds no token.
struct ForgeAnswer {
  let response: HTTPResponse
  let kind: ForgeKind
  let scrubber: TokenScrubber

  private var reading: ForgeReading { kind.definition.reading }

  /// The commit that a reference leads to; nil where the answer names none.
  var commit: CommitFacts? {
    if reading.answersWithBareID, let commit = bareCommit { return commit }
    guard let answer = response.object.map(reading.readCommit) else { return nil }
    return commit(answer.id, answer.date, answer.message)
  }

  /// The commit of an answer that is the id alone.
  private var bareCommit: CommitFacts? {
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

  /// The commit of an id with its date and subject, from the answer about them.
  func facts(of id: String) -> CommitFacts? {
    guard let answer = response.object.flatMap({ reading.details?.read($0) }) else { return nil }
    return commit(ServerText(id), answer.date, answer.message)
  }

  /// The default branch of a repository's description; nil where it has no commits yet.
  var defaultBranch: String? {
    guard let object = response.object,
      reading.emptyMember.flatMap({ object[$0] })?.isTrue != true
    else { return nil }
    guard let name = object["default_branch"]?.text.flatMap(scrubber.cleanText), !name.isEmpty
    else { return nil }
    return name
  }

  /// The file in an answer, or what is at the path instead; nil if a token is in it.
  var content: SpecSnapshot.Content? {
    if let obstacle { return .refused(obstacle) }
    guard let bytes = scrubber.clean(response.body), !scrubber.finds(inSpec: bytes) else {
      return nil
    }
    return .judged(bytes)
  }

  /// What is at the path, if the forge describes it in JSON in spite of being asked for bytes.
  private var obstacle: SpecObstacle? {
    guard let read = reading.obstacle,
      response[header: "Content-Type"]?.satisfies({ $0.startsWithBytes(of: "application/json") })
        == true
    else { return nil }
    return ServerJSON(response.body).flatMap(read)
  }

  /// Why the bytes are not the file that was asked for, by the headers of the answer; nil if they are, or no header
  /// says so.
  func mismatch(with commit: String) -> String? {
    if let told = reading.commitHeader.flatMap({ response[header: $0] }),
      !told.satisfies({ $0 == commit })
    {
      return "the file of another commit"
    }
    guard let told = reading.digestHeader.flatMap({ response[header: $0] }),
      let body = scrubber.clean(response.body)
    else { return nil }
    let digest = HexDigest.sha256(body)
    return told.satisfies { $0.lowercased() == digest } ? nil : "a file that was damaged on the way"
  }
}
