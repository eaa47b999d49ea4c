internal import Forges
internal import TinyforgeCore

/// The failures of a forge's refusals, each with its remedy.
struct ForgeFailure {
  let repository: ForgeRepository
  let access: Access
  /// Takes the run's tokens out of what the forge wrote.
  let scrubber: TokenScrubber

  /// What the forge was shown, which decides what a person can do.
  enum Access: Equatable {
    case token
    /// There is none for this forge.
    case none
    case keyMissing
    /// One is at hand that does not name its forge, and this is not certain to be it.
    case withheld(TokenBook.Withheld)
  }

  private var host: String { repository.forge.web.origin.text.shownSafely }

  /// The failure that an answer's status means.
  func of(_ response: HTTPResponse, asking what: String) -> ForgeRefusal {
    ForgeRefusal(failure: told(of: response, asking: what), fault: fault(of: response))
  }

  /// What an answer says of the forge itself.
  private func fault(of response: HTTPResponse) -> HTTPFault? {
    let status = response.status
    switch status {
    // These are of one repository: no access, not there, empty, removed, locked. A limit was noted before.
    case 403, 404, 409, 410, 422, 423, 429, 451: return nil
    case 300...399 where isWithinAPI(response): return nil
    case 300...399: return HTTPFault(.malformed, "\(host) redirects to another place (\(status))")
    case 401: return HTTPFault(.malformed, "\(host) refuses the token (401)")
    case 500...599:
      return HTTPFault(
        .malformed, "\(host) failed on its own side (\(status))",
        remedy: response.waitingRemedy ?? "try again later")
    default: return HTTPFault(.malformed, "\(host) answered \(status)", remedy: "check base_url")
    }
  }

  /// Whether a redirect leads to another place of the same API, as that of a renamed repository does.
  private func isWithinAPI(_ response: HTTPResponse) -> Bool {
    let api = repository.forge.api
    let path = "/" + api.path.map { $0 + "/" }.joined()
    return response[header: "Location"]?.satisfies { location in
      location.startsWithBytes(of: api.origin.text + path)
        || (location.startsWithBytes(of: path) && !location.startsWithBytes(of: "//")
          && !api.path.isEmpty)
    } == true
  }

  private func told(of response: HTTPResponse, asking what: String) -> Failure {
    let said = RefusalWords(response.object)
    let words = said.isEmpty ? "" : ": " + said.shown(scrubber, atMost: 160)
    switch response.status {
    case 300...399: return moved(response)
    case 401: return unauthorized(words)
    case 403 where response.isLimited, 429: return limited(response, words)
    case 403:
      return Failure(
        .network, "\(host) denies access to \(repository.shown) (403)\(words)",
        remedy: access == .token
          ? "give the token the right to read the repository's contents" : tokenRemedy)
    case 404: return invisible
    case 407:
      return Failure(
        .network, "the proxy on the way to \(host) requires a user and a password (407)\(words)",
        remedy: "write them into http_proxy or https_proxy")
    case 500...599:
      return Failure(
        .network, "\(host) failed on its own side (\(response.status))\(words)",
        remedy: response.waitingRemedy ?? "try again later, or look at the forge's log")
    default:
      return Failure(
        .network, "\(host) answered \(response.status) to the request for \(what)\(words)",
        remedy: "check base_url and provider in the workload's config")
    }
  }

  /// No access looks the same as no repository.
  var invisible: Failure {
    Failure(
      .network,
      "there is no repository \(repository.shown) at \(host), or "
        + (access == .token ? "the token may not see it" : "it takes a token to see it") + " (404)",
      remedy: access == .token
        ? "check repo_owner and repo_name, and what the token may read" : tokenRemedy)
  }

  func noBranch(_ name: String) -> Failure {
    Failure(
      .notFound, "there is no branch \(name.shownSafely) in \(repository.webAddress.shownSafely)",
      remedy: "check the branch in the workload's config")
  }

  func noRevision(_ revision: String) -> Failure {
    Failure(
      .notFound,
      "there is no revision \(revision.shownSafely) in \(repository.webAddress.shownSafely)",
      remedy: "name a branch, a tag or a whole commit id")
  }

  func unreadable(_ what: String, _ response: HTTPResponse) -> ForgeRefusal {
    let found = response.isWebPage ? "a web page, perhaps to log in" : "something else"
    let word = response.isWebPage ? "a web page" : "something else than a forge does"
    return ForgeRefusal(
      failure: Failure(
        .network, "\(host) answered the request for \(what) with \(found)",
        remedy: "check base_url and provider in the workload's config"),
      fault: HTTPFault(.malformed, "\(host) answers with \(word)", remedy: "check base_url"))
  }

  // MARK: Parts

  private func moved(_ response: HTTPResponse) -> Failure {
    let location = response[header: "Location"].map { scrubber.scrub($0) }
    let place = location.map { Self.place(ofLocation: $0) } ?? ""
    let told = place.isEmpty ? "" : " to " + place.shortened(to: 200).shownSafely
    return Failure(
      .network,
      "\(repository.shown) at \(host) was moved or renamed: the forge redirects\(told) "
        + "(\(response.status)), which is not followed",
      remedy: "set the new owner and name, or the new base_url, in Tinyforge")
  }

  /// Where a redirect leads, without what may be secret in it: user, password, query.
  private static func place(ofLocation location: String) -> String {
    var place = Array(location.utf8.prefix { !"?#".utf8.contains($0) })
    if let mark = place.firstRange(of: "//".utf8) {
      let authority = place[mark.upperBound...].prefix { !"/\\".utf8.contains($0) }
      if let user = authority.lastIndex(of: UInt8(ascii: "@")) {
        place.removeSubrange(mark.upperBound...user)
      }
    }
    // Others who read an address otherwise may find a user where this did not.
    let mayHoldUser = place.contains(UInt8(ascii: "@")) || place.contains("%40".utf8)
    return mayHoldUser ? "" : String(decoding: place, as: UTF8.self)
  }

  private func unauthorized(_ words: String) -> Failure {
    guard access == .token else {
      return Failure(.network, "\(host) requires a token (401)\(words)", remedy: tokenRemedy)
    }
    return Failure(
      .network, "\(host) refuses the token (401)\(words)",
      remedy:
        "make a new token that may read the repository, and save it in Tinyforge, or give it in "
        + "TINYFORGE_TOKEN")
  }

  private var tokenRemedy: Remedy {
    switch access {
    case .keyMissing: "set ENCRYPTION_KEY, so that the workload's own token can be used"
    case .withheld(let reason):
      "\(reason.sentence): write `\(host) TOKEN` into TINYFORGE_TOKEN or a --token-file"
    case .none, .token:
      "check repo_owner and repo_name, or give a token in TINYFORGE_TOKEN or --token-file"
    }
  }

  private func limited(_ response: HTTPResponse, _ words: String) -> Failure {
    Failure(
      .network, "rate limit of \(host) exceeded (\(response.status))\(words)",
      remedy: (response.waitingRemedy ?? "try again later")
        + (access == .token
          ? ", or ask for fewer at a time with --jobs" : "; a token raises the limit"))
  }
}
