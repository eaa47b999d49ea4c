import TinyforgeCore
import WorkloadStore

/// Syncs workloads that were inspected in advance: a thread of its own writes one of them, while the
/// lock of the next one is taken.
///
/// Order and outcome are those of one after the other. No lock is waited for while another one is
/// held: where one is not free, or anything is not as it was foreseen, those in line are finished
/// first, and the workload goes the whole way through ``SyncEngine``.
struct SyncPipeline {
  private let writer: WorkloadWriter
  private let engine: SyncEngine
  private let keepGoing: Bool
  private let queue: WriteQueue
  private var waiting: [PendingWrite] = []

  /// One is written, and one is ready: more would only hold more locks.
  private static let depth = 2

  init(_ writer: WorkloadWriter, keepGoing: Bool) {
    self.writer = writer
    self.keepGoing = keepGoing
    engine = SyncEngine(writer: writer)
    queue = WriteQueue()
  }

  /// Puts a task in line that has something to do; false where it must go the whole way, by ``run(_:)``.
  mutating func append(_ task: LiveSync) -> Bool {
    guard let next = prepare(task) else { return false }
    queue.append(next)
    waiting.append(next)
    return true
  }

  /// The reports of those that make room for the next one, up to the first that stops the run.
  mutating func takeDone() async -> [WorkloadReport] {
    waiting.count < Self.depth ? [] : await takeFirst()
  }

  /// Carries out a task while nothing is in line.
  func run(_ task: LiveSync) async -> WorkloadReport { await engine.run(task) }

  /// The reports of all that is in line, up to the first that stops the run.
  mutating func finish() async -> [WorkloadReport] {
    var done: [WorkloadReport] = []
    while !waiting.isEmpty, !isStopped(by: done) { done += await takeFirst() }
    return done
  }

  private func isStopped(by reports: [WorkloadReport]) -> Bool {
    !keepGoing && reports.last?.outcome?.isStop == true
  }

  private func prepare(_ task: LiveSync) -> PendingWrite? {
    guard task.isAhead, let rows = writer.lockAtOnce(task.shown.workload.id) else { return nil }
    guard let write = task.current else {
      rows.release()
      return nil
    }
    return PendingWrite(task, write, rows)
  }

  /// The report of the first in line; where it did not get through, of all of them.
  private mutating func takeFirst() async -> [WorkloadReport] {
    let first = waiting.removeFirst()
    let outcome = first.wait()
    if case .success(.written(let rows)) = outcome, let row = rows.first {
      return [first.task.shown.written(first.write, row)]
    }
    return await takeAll(behind: first, outcome)
  }

  /// Those behind one that did not get through were not written: they begin anew, without locks.
  private mutating func takeAll(behind first: PendingWrite, _ outcome: PendingWrite.Outcome?)
    async -> [WorkloadReport]
  {
    let rest = waiting
    waiting = []
    for next in rest { _ = next.wait() }
    queue.reopen()
    var done: [WorkloadReport] = []
    switch outcome {
    case .failure(let failure): done.append(first.task.shown.with(ApplyOutcome(failure)))
    case .success, nil:
      writer.tellOfChange()
      done.append(await engine.run(first.task))
    }
    for next in rest where !isStopped(by: done) { done.append(await engine.run(next.task)) }
    return done
  }
}
