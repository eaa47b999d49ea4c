package import TinyforgeCore
package import WorkloadStore

/// One workload's part of a run of apply.
package protocol SyncTask: Sendable {
  /// What is told of the workload where nothing was come to.
  var shown: WorkloadReport { get }
  /// What it comes to where there is nothing to do: then no lock is taken and nothing read again.
  var settled: WorkloadReport? { get }
  /// What it comes to where the workload is no longer in the database.
  var vanished: ApplyOutcome { get }

  /// Decides on the row as it is inside the lock.
  func decide(on row: Workload, _ database: WorkloadDatabase, _ writer: WorkloadWriter)
    async
    throws(Failure) -> SyncDecision
}

extension SyncTask {
  package var settled: WorkloadReport? { nil }
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
    do {
      return try await writer.locked(ids) {
        database, locks throws(Failure) in
        var decisions: [SyncDecision] = []
        for task in tasks { decisions.append(try await decide(task, database)) }
        if let stopped = Self.stopped(decisions) { return .done(stopped) }
        return try Self.write(decisions, database, locks)
      }
    } catch {
      return tasks.map { $0.shown.with(ApplyOutcome(error)) }
    }
  }

  private func decide(_ task: some SyncTask, _ database: WorkloadDatabase) async throws(Failure)
    -> SyncDecision
  {
    if let settled = task.settled { return .settled(settled) }
    guard let row = try database.workload(id: task.shown.workload.id) else {
      return .settled(task.shown.with(task.vanished))
    }
    return try await task.decide(on: row, database, writer)
  }

  /// What a run comes to in which some task may not go on; nil where all may.
  private static func stopped(_ decisions: [SyncDecision]) -> [WorkloadReport]? {
    let culprit = decisions.lazy.compactMap { decision -> WorkloadReport? in
      guard case .settled(let report) = decision, report.outcome?.isStop == true else { return nil }
      return report
    }.first
    guard let culprit else { return nil }
    return decisions.map { decision in
      guard case .write(let report, _) = decision else { return decision.report }
      return report.with(
        ApplyOutcome(
          .refused,
          message: "not applied, for all of it is applied or nothing, and "
            + "\(culprit.workload.shownName.shownSafely) was not"))
    }
  }

  private static func write(
    _ decisions: [SyncDecision], _ database: WorkloadDatabase, _ locks: [WorkloadLock]
  ) throws(Failure) -> WorkloadWriter.Attempt<[WorkloadReport]> {
    let writes = decisions.compactMap(\.rowWrite)
    // Nothing to write costs no transaction.
    guard !writes.isEmpty else { return .done(decisions.map(\.report)) }
    guard case .written(let events) = try database.write(writes, under: locks) else {
      // A foreign writer got in between, or the lock guards nothing any more: all is read again.
      return .again
    }
    var rest = events[...]
    return .done(
      decisions.map { decision in
        guard let write = decision.rowWrite, let event = rest.popFirst() else {
          return decision.report
        }
        return decision.report.with(ApplyOutcome(of: write, event: event))
      })
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

  /// What a write that got through comes to.
  init(of write: RowWrite, event: Int64?) {
    self.init(write.sourceConfig == nil ? .unchanged : .applied, eventID: event)
  }

  /// What a failure comes to.
  init(_ failure: Failure) {
    self.init(.failed, message: Inspection.sentence(failure), isBusy: failure.code == .busy)
  }

  /// Nothing was done to the workload that was asked for.
  package var isStop: Bool { result == .refused || result == .failed }
}

extension WorkloadReport {
  /// The report with what apply did.
  func with(_ outcome: ApplyOutcome) -> WorkloadReport {
    var report = self
    report.outcome = outcome
    return report
  }
}
