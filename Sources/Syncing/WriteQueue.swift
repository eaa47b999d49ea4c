import Dispatch
import TinyforgeCore
import WorkloadStore

/// Writes rows in a thread of its own, in their order, up to the first that does not get through.
///
/// Unchecked: while something is queued the database is this thread's alone.
final class WriteQueue: @unchecked Sendable {
  private let queue = DispatchQueue(label: "write")
  /// Something did not get through; the queue's own.
  private var isClosed = false

  func append(_ next: PendingWrite) {
    queue.async { [self] in
      let outcome = isClosed ? nil : write(next)
      // At once: the caller may wait for something else by now.
      next.rows.release()
      next.finish(outcome)
    }
  }

  private func write(_ next: PendingWrite) -> PendingWrite.Outcome {
    do {
      let outcome = try next.rows.write(next.write)
      if case .written = outcome {} else { isClosed = true }
      return .success(outcome)
    } catch {
      isClosed = true
      return .failure(error)
    }
  }

  /// Goes on after something that did not get through; nothing may be queued.
  func reopen() { queue.sync { isClosed = false } }
}

/// A row to be written, its lock being held until then.
///
/// Unchecked: the outcome is set before ``wait()`` returns, and never after.
final class PendingWrite: @unchecked Sendable {
  typealias Outcome = Result<WriteOutcome, Failure>

  let task: LiveSync
  let write: RowWrite
  let rows: any LockedRows
  private let isDone = DispatchSemaphore(value: 0)
  private var outcome: Outcome?

  init(_ task: LiveSync, _ write: RowWrite, _ rows: any LockedRows) {
    self.task = task
    self.write = write
    self.rows = rows
  }

  func finish(_ outcome: Outcome?) {
    self.outcome = outcome
    isDone.signal()
  }

  /// The outcome; nil if it was not tried, because one before it did not get through.
  func wait() -> Outcome? {
    isDone.wait()
    return outcome
  }
}
