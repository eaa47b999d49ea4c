internal import Forges
internal import Glibc
internal import Synchronization
internal import TinyforgeCore

/// Remembers which forges fail, so that a run over many workloads of one leaves it alone.
///
/// What counts is a workload: a forge whose branches can be asked for, but none of its files, is down as well.
final class OriginHealth: Sendable {
  private struct State {
    var failures = 0
    /// Nothing more is asked, whatever the number of failures.
    var isStopped = false
    var last: HTTPFault?
  }

  private let states = Mutex<[HTTPOrigin: State]>([:])

  /// As many workloads in a row must fail before nothing more is asked.
  private static let patience = 5

  /// Throws where the origin is not to be asked again.
  func require(_ origin: HTTPOrigin) throws(HTTPFault) {
    let state = states.withLock { $0[origin] }
    guard let state, let last = state.last, state.isStopped || state.failures >= Self.patience
    else { return }
    let reason =
      state.isStopped
      ? "" : "\(Self.patience) workloads in a row could not be read, the last because "
    throw HTTPFault(
      .skipped,
      "skipped: \(origin.text.shownSafely) is not asked again in this run, since \(reason)"
        + last.message, remedy: last.remedy)
  }

  /// Stops at once where an answer says that a limit on requests is used up.
  func noteLimit(_ response: HTTPResponse, of origin: HTTPOrigin) {
    guard response.isLimited else { return }
    let fault = HTTPFault(
      .malformed,
      "rate limit of \(origin.text.shownSafely) exceeded for now (\(response.status))",
      remedy: response.waitingRemedy ?? "try again later")
    update(origin) { state in
      if !state.isStopped { state.last = fault }
      state.isStopped = true
    }
  }

  /// Notes a workload whose spec was read, or is certain to be absent.
  func noteReading(of origin: HTTPOrigin) { update(origin) { $0.failures = 0 } }

  /// Notes why a workload could not be read, if that says something of the forge.
  func noteFailure(_ fault: HTTPFault, of origin: HTTPOrigin) {
    guard fault.isOfOrigin else { return }
    update(origin) { state in
      state.failures += 1
      // The first reason stays: what was under way at that time ends later, perhaps otherwise.
      if !state.isStopped, state.failures <= Self.patience { state.last = fault }
    }
  }

  private func update(_ origin: HTTPOrigin, _ change: (inout State) -> Void) {
    states.withLock { change(&$0[origin, default: State()]) }
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

  /// Whether the text begins with a tag, a comment or a declaration of markup, in any encoding.
  ///
  /// A spec does not: at most it begins with the merge key `<<`.
  private static func beginsLikeAPage(_ text: String) -> Bool {
    // U+FFFD and U+0000 are what is left of a byte order mark and of letters in UTF-16.
    let start = text.unicodeScalars.lazy.filter { $0 != "\0" }.drop {
      $0 == "\u{FEFF}" || $0 == "\u{FFFD}" || $0.properties.isWhitespace
    }
    let head = Array(start.prefix(2))
    guard head.count == 2, head[0] == "<" else { return false }
    return "!?/".unicodeScalars.contains(head[1])
      || (head[1].isASCII && head[1].properties.isAlphabetic)
  }
}
