import RunningProcess
package import TinyforgeCore
package import WorkloadStore

/// One workload's part of a run of apply.
package protocol SyncTask: Sendable {
  /// The report of the workload if the run did not reach it.
  var shown: WorkloadReport { get }
  /// The result if there is nothing to do: then no lock is taken and nothing is read again.
  var settled: WorkloadReport? { get }
  /// The result if the workload is no longer in the database.
  var vanished: ApplyOutcome { get }

  /// Decides on the row as it is inside the lock.
  func decide(on row: Workload, _ rows: any WorkloadRows, _ writer: WorkloadWriter)
    async
    throws(Failure) -> SyncDecision

  /// Decides on a row that moved since, by the spec that was read before: within a transaction, where
  /// nothing is waited for. Nil where that takes another look.
  func decideAgain(on row: Workload, _ decided: WorkloadReport, _ writer: WorkloadWriter)
    -> SyncDecision?
}

extension SyncTask {
  /// Takes another look.
  package func decideAgain(
    on row: Workload, _ decided: WorkloadReport, _ writer: WorkloadWriter
  ) -> SyncDecision? { nil }

  /// Always something to do.
  package var settled: WorkloadReport? { nil }
  /// The outcome for a workload that is gone.
  package var vanished: ApplyOutcome { .vanished }
}

/// What is to be done with a row.
package enum SyncDecision: Sendable {
  /// Nothing is written; the report holds the outcome.
  case settled(WorkloadReport)
  /// This is written; the report then gets the outcome.
  case write(WorkloadReport, RowWrite)
}

/// Carries out tasks: lock, read, decide, write.
package struct SyncEngine {
  private let writer: WorkloadWriter

  /// Creates one from its parts.
  package init(writer: WorkloadWriter) { self.writer = writer }

  /// Carries out one task under its lock, in a transaction of its own.
  package func run(_ task: some SyncTask) async -> WorkloadReport {
    if let settled = task.settled { return settled }
    return await run([task]).first ?? task.shown
  }

  /// Carries out all tasks or none: every lock is taken, in the order of the ids, and everything is
  /// written in one transaction.
  package func run(_ tasks: [some SyncTask]) async -> [WorkloadReport] {
    let ids = tasks.filter { $0.settled == nil }.map(\.shown.workload.id)
    // By the task's number: what did not move since is not decided again.
    var decided: [Int: SyncDecision] = [:]
    do {
      return try await writer.locked(ids) { rows throws(Failure) in
        var decisions: [SyncDecision] = []
        for (number, task) in tasks.enumerated() {
          let decision = try await decide(task, after: decided[number], rows)
          decided[number] = decision
          decisions.append(decision)
        }
        if let stopped = Self.stopped(decisions) { return .done(stopped) }
        return try write(tasks, decisions, rows)
      }
    } catch {
      return tasks.map { $0.shown.with(ApplyOutcome(error)) }
    }
  }

  private func decide(
    _ task: some SyncTask, after former: SyncDecision?, _ rows: any LockedRows
  ) async throws(Failure) -> SyncDecision {
    if let settled = task.settled { return .settled(settled) }
    if Interruption.isRequested { throw .interrupted }
    guard let row = try rows.row(of: task.shown.workload) else {
      return .settled(task.shown.with(task.vanished))
    }
    if let former, former.report.workload.isIdentical(to: row) { return former }
    return try await task.decide(on: row, rows, writer)
  }

  /// The result of a run in which some task may not go on; nil if all may.
  private static func stopped(_ decisions: [SyncDecision]) -> [WorkloadReport]? {
    let culprit = decisions.lazy.compactMap { decision -> WorkloadReport? in
      guard case .settled(let report) = decision, report.outcome?.isStop == true else { return nil }
      return report
    }.first
    guard let culprit else { return nil }
    return decisions.map { decision in
      guard case .write(let report, _) = decision else { return decision.report }
      return report.with(.stopped(by: culprit))
    }
  }

  /// What a run would refuse of what was inspected; with `isAtomic`, one refusal refuses all that would be
  /// written.
  package static func preview(_ reports: [WorkloadReport], isAtomic: Bool) -> [WorkloadReport] {
    let judged = reports.map { report in
      report.outcome == nil ? LiveSync.refusal(report).map(report.with) ?? report : report
    }
    guard isAtomic, let culprit = judged.first(where: { $0.outcome?.isStop == true }) else {
      return judged
    }
    return judged.map { report in
      report.outcome == nil && !report.isSynced ? report.with(.stopped(by: culprit)) : report
    }
  }

  private func write(
    _ tasks: [some SyncTask], _ decisions: [SyncDecision], _ rows: any LockedRows
  ) throws(Failure) -> WorkloadWriter.Attempt<[WorkloadReport]> {
    var decisions = decisions
    let numbers = decisions.indices.filter { decisions[$0].rowWrite != nil }
    // Nothing to write costs no transaction.
    guard !numbers.isEmpty else { return .done(decisions.map(\.report)) }
    let writes = numbers.compactMap { decisions[$0].rowWrite }
    let outcome = try rows.write(writes) { (place, row) throws(Failure) in
      // A foreign writer got in between. It is kept out by now, so that this is the last look.
      let number = numbers[place]
      guard
        let decision = tasks[number].decideAgain(
          on: row.labelled(tasks[number].shown.workload.server), decisions[number].report, writer),
        let write = decision.rowWrite
      else { return nil }
      decisions[number] = decision
      return write
    }
    switch outcome {
    case .written(let written): return .done(Self.reports(decisions, written))
    case .conflict(let row): return .again(row.id)
    case .vanished(let id): return .again(id)
    case .lockLost: return .again(nil)
    }
  }

  private static func reports(_ decisions: [SyncDecision], _ rows: [WrittenRow]) -> [WorkloadReport]
  {
    var rest = rows[...]
    return decisions.map { decision in
      guard let write = decision.rowWrite, let row = rest.popFirst() else {
        return decision.report
      }
      return decision.report.written(write, row)
    }
  }
}

extension SyncDecision {
  fileprivate var report: WorkloadReport {
    switch self {
    case .settled(let report), .write(let report, _): report
    }
  }

  fileprivate var rowWrite: RowWrite? {
    guard case .write(_, let write) = self else { return nil }
    return write
  }
}

extension ApplyOutcome {
  static let vanished = ApplyOutcome(
    .failed, message: "the workload is no longer in the database")

  /// What becomes of a workload whose transaction another one ends.
  static func stopped(by culprit: WorkloadReport) -> ApplyOutcome {
    ApplyOutcome(
      .refused,
      message: "not applied, for all of it is applied or nothing, and "
        + "\(culprit.workload.shownName.shownSafely) was not")
  }

  /// The result after a failure.
  init(_ failure: Failure) {
    self.init(.failed, message: failure.sentence, isBusy: failure.code == .busy)
    isInterrupted = failure.code == .interrupted
  }

  /// Nothing was done to the workload that was asked for.
  package var isStop: Bool { result == .refused || result == .failed }
}

extension WorkloadReport {
  /// Whether the run reached the workload before a signal ended it.
  var isTried: Bool { outcome?.isInterrupted != true }

  /// The report of a write that got through.
  func written(_ write: RowWrite, _ row: WrittenRow) -> WorkloadReport {
    let result = write.sourceConfig == nil ? ApplyOutcome.Result.unchanged : .applied
    var report = with(ApplyOutcome(result, eventID: row.event))
    if let note = row.note { report.notes.append(note) }
    return report
  }

  /// The report with what apply did.
  func with(_ outcome: ApplyOutcome) -> WorkloadReport {
    var report = self
    report.outcome = outcome
    return report
  }
}
