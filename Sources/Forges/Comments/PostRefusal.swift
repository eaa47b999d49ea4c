package import TinyforgeCore

/// What a forge's refusal means to the pipeline's owner.
package struct PostRefusal: Sendable {
  /// The status code of the answer.
  package var status: Int
  /// The forge's own words; they are shown, never trusted.
  package var words: RefusalWords
  /// Seconds to wait, where the forge says so.
  package var retryAfter: Int64?
  /// Whether a limit on requests is used up.
  package var isLimitUsedUp: Bool
  /// Whether the request's thread is locked.
  package var isLocked: Bool

  /// Removes tokens from a message.
  private let scrubber: TokenScrubber

  /// Creates one from its parts.
  package init(
    status: Int, words: RefusalWords, retryAfter: Int64?, isLimitUsedUp: Bool, isLocked: Bool,
    scrubber: TokenScrubber
  ) {
    self.status = status
    self.words = words
    self.scrubber = scrubber
    self.retryAfter = retryAfter
    self.isLimitUsedUp = isLimitUsedUp
    self.isLocked = isLocked
  }

  /// The failure of a refused post, with its remedy.
  package func failure(on place: PostPlace) -> Failure {
    let name = place.title
    let forge = place.forgeName
    switch status {
    case 429: return limited(forge)
    case 403 where isLimitUsedUp || retryAfter != nil || words.tellOfLimit:
      return limited(forge)
    case 401:
      return Failure(
        .denied, "\(forge) rejects the token\(quoted)",
        remedy: "check TINYFORGE_TOKEN or --token-file: the token may have run out")
    case 403 where isLocked || words.tellOfLock:
      return Failure(
        .denied, "the thread of \(name) is locked",
        remedy: "unlock it, or use a token that may write all the same")
    case 403: return denied(place)
    case 301, 302, 307, 308, 404, 410: return absent(name, forge)
    case 423:
      return Failure(
        .denied, "the repository of \(place.isIssue ? place.name : name) is archived\(quoted)",
        remedy: nil)
    case 500...:
      return Failure(
        .network, "\(forge) answered with \(status)\(quoted)",
        remedy: "run the job again " + (retryAfter.map { "in \($0) s" } ?? "later"))
    default:
      return Failure(
        .network, "\(forge) refused \(place.written) with \(status)\(quoted)", remedy: nil)
    }
  }

  /// The failure of a place that is not there, or not under this name.
  private func absent(_ name: String, _ forge: String) -> Failure {
    switch status {
    case 404:
      Failure(
        .notFound, "\(forge) shows no \(name) to this token",
        remedy: "check that it exists, and that the token may read it")
    case 410:
      Failure(
        .denied, "\(forge) says with 410 that \(name) is switched off or was removed",
        remedy: "enable it in the settings of its repository, or name another one")
    default:
      Failure(
        .notFound, "\(forge) says with \(status) that \(name) has moved",
        remedy: "use the repository's new name; a token follows no redirect")
    }
  }

  private func limited(_ forge: String) -> Failure {
    let wait = retryAfter.map { ": it takes requests again in \($0) s" } ?? ""
    return Failure(
      .busy, "\(forge) takes no more requests of this token for now\(wait)",
      remedy: "run the job again later, or post from fewer jobs")
  }

  private func denied(_ place: PostPlace) -> Failure {
    let fork =
      place.isFromFork ? "; it comes from a fork, whose runs get tokens that only read" : ""
    return Failure(
      .denied, "the token may not \(place.act)\(fork)\(quoted)",
      remedy: "it needs \(prose: place.neededAccess)")
  }

  private var quoted: String {
    guard !words.isEmpty else { return "" }
    return " (\"\(words.shown(scrubber, atMost: 200))\")"
  }
}
