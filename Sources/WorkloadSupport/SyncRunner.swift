package import TinyforgeCore
import ToolSupport
import WorkloadStore

/// Syncs one workload after another: lock, read, merge, validate, write.
package struct SyncRunner {
  private let writer: WorkloadWriter
  private let inspection: Inspection

  package init(writer: WorkloadWriter, inspection: Inspection) {
    self.writer = writer
    self.inspection = inspection
  }

  /// Syncs the workload that `shown` reports on.
  ///
  /// With `confirmed`, what is written must be what was shown: a spec or a live config that moved
  /// in between is refused, not applied unseen.
  package func sync(_ shown: WorkloadReport, confirmed: Bool) async -> WorkloadReport {
    do {
      return try await writer.locked([shown.workload.id]) { database, locks throws(Failure) in
        guard let row = try database.workload(id: shown.workload.id) else {
          return .done(shown.with(.vanished))
        }
        // A foreign writer that gets in between makes all of it start again on the fresh row.
        let report = await inspection.report(on: row)
        if let outcome = refusal(report, shown: confirmed ? shown : nil) {
          return .done(report.with(outcome))
        }
        guard let outcome = try write(report, database, locks) else { return .again }
        return .done(report.with(outcome))
      }
    } catch {
      return shown.with(ApplyOutcome(error))
    }
  }

  // MARK: Rules

  private func refusal(_ report: WorkloadReport, shown: WorkloadReport?) -> ApplyOutcome? {
    guard report.status == .ok, let plan = report.plan else {
      return Self.outcome(withoutPlan: report)
    }
    guard plan.isValid else {
      return ApplyOutcome(.refused, message: "the config that a sync would make is not valid")
    }
    if let shown, shown.plan?.changes != plan.changes {
      return ApplyOutcome(
        .refused, message: "it is no longer as shown: the spec or the live config moved; look again"
      )
    }
    return nil
  }

  /// What a workload without a plan comes to: nobody can sync it, or nobody could read it.
  package static func outcome(withoutPlan report: WorkloadReport) -> ApplyOutcome {
    ApplyOutcome(report.status == .fetchFailed ? .failed : .refused)
  }

  // MARK: Writing

  /// Nil: the row is no longer the one that was read, or the lock guards nothing any more.
  private func write(
    _ report: WorkloadReport, _ database: WorkloadDatabase, _ locks: [WorkloadLock]
  ) throws(Failure) -> ApplyOutcome? {
    guard let plan = report.plan, let commit = report.spec?.commit?.id else {
      return ApplyOutcome(.failed, message: "the spec has no commit to record")
    }
    guard let write = writer.syncWrite(report.workload, plan, commit: commit) else {
      return ApplyOutcome(.unchanged)
    }
    switch try database.write([write], under: locks) {
    case .written(let events):
      return ApplyOutcome(
        plan.changes.isEmpty ? .unchanged : .applied, eventID: events.first ?? nil)
    case .conflict, .lockLost: return nil
    case .vanished: return .vanished
    }
  }
}

extension WorkloadWriter {
  /// What a sync writes; nil where the row is as it should be, the commit included.
  ///
  /// A commit that changes no field is recorded without an audit row.
  func syncWrite(_ row: Workload, _ plan: SyncPlan, commit: String) -> RowWrite? {
    if plan.changes.isEmpty, row.lastSyncCommit == commit { return nil }
    let now = UTCTime.rfc3339(Environment.now)
    guard !plan.changes.isEmpty else {
      return RowWrite(expected: row, now: now, mark: .init(commit: commit, at: now))
    }
    return RowWrite(
      expected: row, now: now,
      sourceConfig: String(decoding: plan.merged.json.bytes, as: UTF8.self),
      mark: .init(commit: commit, at: now),
      audit: audit(.sync, row, commit: commit, changes: plan.changes.map(\.change)))
  }
}

extension ApplyOutcome {
  static let vanished = ApplyOutcome(
    .failed, message: "the workload is no longer in the database")

  /// What a failure comes to.
  init(_ failure: Failure) {
    self.init(.failed, message: Inspection.sentence(failure), isBusy: failure.code == .busy)
  }
}

extension WorkloadReport {
  /// The report with what apply did.
  func with(_ outcome: ApplyOutcome) -> WorkloadReport {
    var report = self
    report.outcome = outcome
    return report
  }
}
