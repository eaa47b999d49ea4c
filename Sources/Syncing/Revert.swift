import FleetReading
import RunningProcess
package import TinyforgeCore
package import WorkloadStore

/// Puts back the values before a workload's last sync.
package struct Revert: SyncTask {
  /// What is reported where the run ends before it.
  package let shown: WorkloadReport
  private let event: SyncEvent
  private let isForced: Bool
  /// What a person has seen and wants, and nothing else.
  private var confirmed: [SyncEvent.Change]?

  /// Undoes `event`; with `isForced` also where live values moved since.
  private init(_ row: Workload, _ event: SyncEvent, isForced: Bool) {
    self.event = event
    self.isForced = isForced
    shown = WorkloadReport(row, .ok)
  }

  /// What a revert would work on.
  package enum Choice: Sendable {
    case task(Revert)
    /// There is nothing to do, or nothing that can be done.
    case settled(WorkloadReport)

    /// The report before anything is done.
    package var report: WorkloadReport {
      switch self {
      case .task(let revert): revert.shown
      case .settled(let report): report
      }
    }
  }

  /// Chooses the event to undo: the last sync, or the one of that number.
  package static func choose(
    _ row: Workload, event id: Int64?, isForced: Bool, from database: any WorkloadStore
  ) throws(Failure) -> Choice {
    let events = try database.syncEvents(of: row.id)
    let report = WorkloadReport(row, .ok)
    let obstacle = RevertObstacle(row, events, hasLog: database.hasSyncEvents)
    guard let event = events.last(where: { $0.isSync && (id == nil || $0.id == id) }) else {
      return .settled(report.with(ApplyOutcome(.refused, message: obstacle.noSync(id))))
    }
    if let done = events.last(where: { $0.reverts == event.id }) {
      return .settled(
        report.with(
          ApplyOutcome(
            .unchanged, message: "event \(event.id) was reverted already, by event \(done.id)")))
    }
    if event.isServers, !event.isRevertible {
      return .settled(report.with(ApplyOutcome(.refused, message: obstacle.ofServer(event))))
    }
    return .task(Revert(row, event, isForced: isForced))
  }

  /// The same, but only as far as it is still what was shown.
  package func confirmed(as shown: WorkloadReport) -> Revert {
    var revert = self
    revert.confirmed = shown.revert?.changes
    return revert
  }

  /// Decides on the row as it is inside the lock.
  package func decide(
    on row: Workload, _ rows: any WorkloadRows, _ writer: WorkloadWriter
  ) async throws(Failure) -> SyncDecision {
    let report = try self.report(on: row, rows)
    guard report.outcome == nil, let revert = report.revert else { return .settled(report) }
    if let confirmed, confirmed != revert.changes {
      let moved = "it is no longer as shown: the live config moved; look again"
      return .settled(report.with(ApplyOutcome(.refused, message: moved)))
    }
    let now = UTCTime.rfc3339(Environment.now)
    let mark = event.previousCommit.flatMap { commit in
      event.previousSyncAt.map { RowWrite.Mark(commit: commit, at: $0) }
    }
    return .write(
      report,
      RowWrite(
        expected: row, now: now,
        sourceConfig: String(decoding: revert.config.json.bytes, as: UTF8.self),
        mark: try isRecorded(in: row, rows) ? mark : nil,
        audit: writer.author.audit(.revert, row, changes: revert.changes, reverts: event.id)))
  }

  /// Whether what the row records of its last sync is from this event, or from a commit behind it that
  /// changed nothing.
  private func isRecorded(in row: Workload, _ rows: any WorkloadRows) throws(Failure) -> Bool {
    if row.lastSyncCommit == event.commit { return true }
    return try rows.syncEvents(of: row.id).last { $0.isSync || $0.kind == .revert }?.id
      == event.id
  }

  /// What it would come to at this moment, without a lock; nil where the row is gone.
  package func lookAhead(_ rows: any WorkloadRows) throws(Failure) -> WorkloadReport? {
    guard let row = try rows.row(of: shown.workload) else { return nil }
    return try report(on: row, rows)
  }

  /// What the revert would change of the row; with an outcome where it may not.
  private func report(on row: Workload, _ rows: any WorkloadRows) throws(Failure)
    -> WorkloadReport
  {
    var report = WorkloadReport(row, .ok)
    let others = try rows.syncEvents(of: row.id)
    if let done = others.last(where: { $0.reverts == event.id }) {
      let message = "event \(event.id) was reverted already, by event \(done.id)"
      return report.with(ApplyOutcome(.unchanged, message: message))
    }
    let subject: GitOpsWorkload
    do throws(GitOpsWorkload.Refusal) {
      subject = try GitOpsWorkload(row, includingDisabled: true)
    } catch {
      if case .unusableConfig(let failure) = error { throw failure }
      return report.with(ApplyOutcome(.refused, message: error.message))
    }
    let revert = RevertPlan(event, live: subject.liveConfig, source: subject.sourceKind)
    report.revert = revert
    if let fault = revert.fault {
      return report.with(ApplyOutcome(.refused, message: fault))
    }
    if revert.changes.isEmpty {
      let message = "the values are those from before event \(event.id) already"
      return report.with(ApplyOutcome(.unchanged, message: message))
    }
    guard !revert.moved.isEmpty, !isForced else { return report }
    let moves = revert.moved.map { move in
      move.clause(event, others.last { $0.sets(move.field) })
    }.joined(separator: "; ")
    return report.with(
      ApplyOutcome(
        .refused,
        message:
          "the live config moved since event \(event.id): \(moves)\(Self.serverSync(in: others, after: event)); "
          + "--force puts back the values before the sync all the same"))
  }

  /// The server's last sync after an event, in a clause; empty where there is none.
  private static func serverSync(in events: [SyncEvent], after event: SyncEvent) -> String {
    guard let last = events.last(where: { $0.isServers && $0.isSync && $0.id > event.id }) else {
      return ""
    }
    return "; the server synced since (event \(last.id))"
  }
}
