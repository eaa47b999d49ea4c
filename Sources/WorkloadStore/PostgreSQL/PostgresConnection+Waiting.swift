internal import CPostgres
import Glibc
import TinyforgeCore

extension PostgresConnection {
  /// How long an answer is waited for before it counts as slow.
  private static let slow = Duration.milliseconds(300)
  /// How long the server may take to say that it gave up what was cancelled.
  private static let cancellation = Duration.seconds(5)

  /// Whether the socket can be read, or also written, within that time; a signal ends the wait.
  func isReady(toWrite: Bool, for time: Duration) -> Bool {
    let events = Int16(POLLIN) | (toWrite ? Int16(POLLOUT) : 0)
    var waited = pollfd(fd: PQsocket(handle), events: events, revents: 0)
    return poll(&waited, 1, Int32(time / .milliseconds(1))) > 0
  }

  /// Hands what was queued to the server.
  func flush(_ operation: String) throws(PostgresFault) {
    var status = PQflush(handle)
    while status == 1 {
      if isReady(toWrite: true, for: .milliseconds(100)), PQconsumeInput(handle) == 0 {
        throw lost(operation)
      }
      status = PQflush(handle)
    }
    if status != 0 { throw lost(operation) }
  }

  /// The next result, waited for; nil after the last one of a statement.
  ///
  /// A run that is to end has the statement cancelled, unless `mayCancel` is false. `onSlow` is called once if the
  /// answer takes a while.
  func nextResult(_ operation: String, mayCancel: Bool = true, onSlow: () -> Void = {})
    throws(PostgresFault) -> PostgresResult?
  {
    let start = ContinuousClock.now
    var cancelled: ContinuousClock.Instant?
    var isSlow = false
    while PQisBusy(handle) != 0 {
      if isReady(toWrite: false, for: .milliseconds(50)), PQconsumeInput(handle) == 0 {
        throw lost(operation)
      }
      if mayCancel, cancelled == nil, isInterrupted() {
        cancel()
        cancelled = .now
      }
      if let cancelled, cancelled + Self.cancellation < .now {
        throw PostgresFault(kind: .interrupted, words: "", operation: operation)
      }
      if !isSlow, start + Self.slow < .now {
        isSlow = true
        onSlow()
      }
    }
    return PQgetResult(handle).map(PostgresResult.init)
  }

  /// Asks the server to give up the statement that it is at.
  private func cancel() {
    guard let cancellation = PQgetCancel(handle) else { return }
    var reason = [CChar](repeating: 0, count: 256)
    PQcancel(cancellation, &reason, Int32(reason.count))
    PQfreeCancel(cancellation)
  }

  /// The connection is no longer of use.
  var isBroken: Bool { PQstatus(handle) == CONNECTION_BAD }

  /// A transaction is open, whether it failed or not.
  var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

  func lost(_ operation: String) -> PostgresFault {
    PostgresFault(kind: .lost, words: scrubbed(message), operation: operation)
  }
}
