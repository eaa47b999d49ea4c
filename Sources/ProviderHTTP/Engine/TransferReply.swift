internal import CCurl
internal import Synchronization
internal import TinyforgeCore

/// Where the outcome of an attempt goes: to its caller once, whichever comes first, the outcome or the end of
/// the caller's task.
final class TransferReply: Sendable {
  private enum State {
    case open
    case waiting(CheckedContinuation<TransferOutcome, Never>)
    case given(TransferOutcome)
  }

  private let state = Mutex(State.open)

  /// Hands the outcome over; what comes later is dropped.
  func resume(returning outcome: sending TransferOutcome) {
    let waiting = state.withLock { state -> CheckedContinuation<TransferOutcome, Never>? in
      defer { if case .given = state {} else { state = .given(outcome) } }
      guard case .waiting(let continuation) = state else { return nil }
      return continuation
    }
    waiting?.resume(returning: outcome)
  }

  /// The outcome, once it comes.
  func outcome() async -> TransferOutcome {
    await withCheckedContinuation { continuation in
      let given = state.withLock { state -> TransferOutcome? in
        if case .given(let outcome) = state { return outcome }
        state = .waiting(continuation)
        return nil
      }
      if let given { continuation.resume(returning: given) }
    }
  }
}

extension TransferOutcome {
  /// Of an attempt that is no longer waited for.
  static let cancelled = TransferOutcome(
    code: CURLE_ABORTED_BY_CALLBACK.rawValue,
    response: HTTPResponse(status: 0, headers: [], body: []), detail: ServerText([]))
}
