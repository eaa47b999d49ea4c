internal import Synchronization

/// Remembers which forges are out of reach, so that a run over many workloads of one does not wait for
/// each of them.
final class OriginHealth: Sendable {
  private struct State {
    var failures = 0
    var last: HTTPFault?
  }

  private let states = Mutex<[HTTPOrigin: State]>([:])

  /// As many requests in a row must fail before nothing more is asked.
  private static let patience = 5

  /// Throws where the origin has used up its patience.
  func require(_ origin: HTTPOrigin) throws(HTTPFault) {
    let state = states.withLock { $0[origin] }
    // The same words as the last time: a report must not depend on which request came first.
    guard let state, state.failures >= Self.patience, let fault = state.last else { return }
    throw fault
  }

  func noteAnswer(of origin: HTTPOrigin) {
    states.withLock { $0[origin] = nil }
  }

  func note(_ fault: HTTPFault, of origin: HTTPOrigin) {
    guard fault.isOfOrigin else { return }
    states.withLock { states in
      states[origin, default: State()].failures += 1
      states[origin, default: State()].last = fault
    }
  }
}
