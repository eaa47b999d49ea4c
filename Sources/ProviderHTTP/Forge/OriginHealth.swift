internal import Glibc
internal import Synchronization
internal import TinyforgeCore

/// Remembers which forges fail, so that a run over many workloads of one leaves it alone.
final class OriginHealth: Sendable {
  private struct State {
    var failures = 0
    /// Nothing more is asked, whatever the number of failures.
    var isStopped = false
    var last: HTTPFault?
  }

  private let states = Mutex<[HTTPOrigin: State]>([:])

  /// As many requests in a row must fail before nothing more is asked.
  private static let patience = 5

  /// Throws where the origin is not to be asked again.
  func require(_ origin: HTTPOrigin) throws(HTTPFault) {
    let state = states.withLock { $0[origin] }
    guard let state, let last = state.last, state.isStopped || state.failures >= Self.patience
    else { return }
    let reason =
      state.isStopped ? "" : "\(Self.patience) requests in a row failed, the last because "
    throw HTTPFault(
      .skipped,
      "skipped: \(origin.text.shownSafely) is not asked again in this run, since \(reason)"
        + last.message, remedy: last.remedy)
  }

  /// Notes what the origin answered: some answers are failures too.
  func note(_ response: HTTPResponse, of origin: HTTPOrigin) {
    let host = origin.text.shownSafely
    if response.isLimited {
      return note(Self.limit(response, host), of: origin, stops: true)
    }
    switch response.status {
    case 401: note(HTTPFault(.malformed, "\(host) refuses the token (401)"), of: origin)
    case 500...599:
      let fault = HTTPFault(
        .malformed, "\(host) failed on its own side (\(response.status))",
        remedy: response.waitingRemedy ?? "try again later")
      note(fault, of: origin)
    case 200...299 where response.isWebPage:
      note(
        HTTPFault(.malformed, "\(host) answers with a web page", remedy: "check base_url"),
        of: origin)
    default: states.withLock { $0[origin] = $0[origin].flatMap { $0.isStopped ? $0 : nil } }
    }
  }

  private static func limit(_ response: HTTPResponse, _ host: String) -> HTTPFault {
    HTTPFault(
      .malformed, "\(host) allows no more requests for now (\(response.status))",
      remedy: response.waitingRemedy ?? "try again later")
  }

  /// Notes that there was no answer.
  func note(_ fault: HTTPFault, of origin: HTTPOrigin) {
    guard fault.isOfOrigin else { return }
    note(fault, of: origin, stops: false)
  }

  private func note(_ fault: HTTPFault, of origin: HTTPOrigin, stops: Bool) {
    states.withLock { states in
      var state = states[origin, default: State()]
      state.failures += 1
      // What stopped it is told of, rather than what was under way then.
      if !state.isStopped { state.last = fault }
      state.isStopped = state.isStopped || stops
      states[origin] = state
    }
  }
}

extension HTTPResponse {
  /// Whether a limit on requests is used up, GitHub's secondary ones too.
  var isLimited: Bool {
    switch status {
    case 429: true
    case 403: retryAfter(now: Int64(time(nil))) != nil || RefusalWords(object).tellOfLimit
    default: false
    }
  }

  /// What to do where the server says how long to wait; nil where it does not.
  var waitingRemedy: Remedy? {
    guard let seconds = retryAfter(now: Int64(time(nil))) else { return nil }
    return seconds <= 120
      ? "try again in \(seconds) s" : "try again in \((seconds + 59) / 60) min"
  }

  /// Whether this is a page for people, such as those of a login or a challenge.
  var isWebPage: Bool {
    let isTyped = self[header: "Content-Type"]?.satisfies { type in
      ["text/html", "application/xhtml+xml"].contains { type.lowercased().startsWithBytes(of: $0) }
    }
    return isTyped == true || body.satisfies { Self.beginsLikeAPage($0) }
  }

  private static func beginsLikeAPage(_ text: String) -> Bool {
    let start = text.unicodeScalars.drop { $0 == "\u{FEFF}" || $0.properties.isWhitespace }
    let head = String(String.UnicodeScalarView(start.prefix(16))).lowercased()
    return ["<!doctype html", "<html", "<head", "<body", "<script"].contains {
      head.startsWithBytes(of: $0)
    }
  }
}
