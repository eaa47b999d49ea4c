package import TinyforgeCore
import ToolSupport
import WorkloadStore

/// Syncs one workload after another: lock, read, merge, validate, write.
package struct SyncRunner {
  private let database: WorkloadDatabase
  private let inspection: Inspection
  private let lockTimeout: Duration
  private let actor: String
  private let console: Console

  init(
    database: WorkloadDatabase, inspection: Inspection, lockTimeout: Duration, actor: String,
    console: Console
  ) {
    self.database = database
    self.inspection = inspection
    self.lockTimeout = lockTimeout
    self.actor = actor
    self.console = console
  }

  /// Syncs the workload that `shown` reports on.
  ///
  /// With `confirmed`, what is written must be what was shown: a spec or a live config that moved
  /// in between is refused, not applied unseen.
  package func sync(_ shown: WorkloadReport, confirmed: Bool) async -> WorkloadReport {
    do {
      switch try acquireLock(shown.workload) {
      case .held(let holder):
        return failed(shown, Self.lockedMessage(holder), isBusy: true)
      case .acquired(let lock):
        defer { lock.release() }
        return try await syncLocked(shown, confirmed: confirmed)
      }
    } catch {
      return failed(shown, Inspection.sentence(error), isBusy: error.code == .busy)
    }
  }

  /// A foreign writer that gets in between makes the whole reading start again on the fresh row.
  private func syncLocked(_ shown: WorkloadReport, confirmed: Bool) async throws(Failure)
    -> WorkloadReport
  {
    for _ in 0..<Self.attemptLimit {
      guard let row = try database.workload(id: shown.workload.id) else {
        return failed(shown, "the workload is no longer in the database", isBusy: false)
      }
      var report = await inspection.report(on: row)
      if let outcome = refusal(report, shown: confirmed ? shown : nil) {
        report.outcome = outcome
        return report
      }
      if let outcome = try write(report) {
        report.outcome = outcome
        return report
      }
    }
    return failed(
      shown, "another program changed the row \(Self.attemptLimit) times in a row; try again later",
      isBusy: true)
  }

  private static let attemptLimit = 100

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

  /// Nil: the row is no longer the one that was read.
  private func write(_ report: WorkloadReport) throws(Failure) -> ApplyOutcome? {
    guard let plan = report.plan, let commit = report.spec?.commit?.id else {
      return ApplyOutcome(.failed, message: "the spec has no commit to record")
    }
    let row = report.workload
    if plan.changes.isEmpty, row.lastSyncCommit == commit { return ApplyOutcome(.unchanged) }
    let outcome = try database.write(
      SyncWrite(
        expected: row,
        sourceConfig: plan.changes.isEmpty
          ? nil : String(decoding: plan.merged.json.bytes, as: UTF8.self),
        commit: commit, syncedAt: UTCTime.rfc3339(Environment.now),
        audit: plan.changes.isEmpty ? nil : audit(report, plan, commit: commit)))
    switch outcome {
    case .written(let eventID):
      return ApplyOutcome(plan.changes.isEmpty ? .unchanged : .applied, eventID: eventID)
    case .conflict: return nil
    case .vanished:
      return ApplyOutcome(.failed, message: "the workload is no longer in the database")
    }
  }

  private func audit(_ report: WorkloadReport, _ plan: SyncPlan, commit: String) -> AuditEvent {
    AuditEvent(
      source: SyncAudit.source, severity: SyncAudit.severity,
      message: SyncAudit.message(report.workload, plan, commit: commit),
      metadata: SyncAudit.metadata(
        report.workload, plan, commit: commit, path: report.workload.gitopsPath, actor: actor,
        host: Environment.hostName, tool: "apply \(ToolkitVersion.current)"))
  }

  // MARK: The lock

  private func acquireLock(_ workload: Workload) throws(Failure) -> WorkloadLock.Attempt {
    let holder = WorkloadLock.Holder(
      processID: Environment.processID, host: Environment.hostName, actor: actor,
      since: UTCTime.rfc3339(Environment.now), tool: "apply \(ToolkitVersion.current)")
    return try WorkloadLock.acquire(
      database: database.resolvedPath, workload: workload.id, holder: holder, timeout: lockTimeout,
      onWait: { console.hint("waiting for the lock: \(Self.lockedMessage($0))") })
  }

  private static func lockedMessage(_ holder: WorkloadLock.Holder?) -> String {
    guard let holder else { return "another sync of this workload is running" }
    return "another sync of this workload is running: \(holder.tool.shownSafely) of "
      + "\(holder.actor.shownSafely) on \(holder.host.shownSafely), process \(holder.processID), "
      + "since \(holder.since.shownSafely)"
  }

  private func failed(_ shown: WorkloadReport, _ message: String, isBusy: Bool) -> WorkloadReport {
    var report = shown
    report.outcome = ApplyOutcome(.failed, message: message, isBusy: isBusy)
    return report
  }
}
