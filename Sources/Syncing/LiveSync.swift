package import FleetReading
import GitSpecs
import RunningProcess
package import TinyforgeCore
package import WorkloadStore

/// Syncs a workload with its spec as it is at this moment.
///
/// A class, for it is large, and handed on several times on its way from the reader to the writer.
package final class LiveSync: SyncTask {
  /// What the inspection found.
  package let shown: WorkloadReport
  private let inspection: Inspection
  private let isConfirmed: Bool
  /// What the audit calls it.
  private let kind: SyncEvent.Kind
  /// What is to be written of what was inspected a moment ago, and the branch's tip then.
  private let ahead: (write: RowWrite, tip: BranchTip)?

  /// With `isConfirmed`, what is written must be what was shown: a spec or a live config that moved
  /// in between is refused, not applied unseen.
  package init(
    _ shown: WorkloadReport, inspection: Inspection, isConfirmed: Bool,
    as kind: SyncEvent.Kind = .sync
  ) {
    self.shown = shown
    self.kind = kind
    self.inspection = inspection
    self.isConfirmed = isConfirmed
    ahead = nil
  }

  /// Syncs what was inspected a moment ago, without a question.
  init(_ look: InspectedWorkload, by author: SyncAuthor, inspection: Inspection) {
    shown = look.report
    self.inspection = inspection
    isConfirmed = false
    kind = .sync
    ahead = Self.ahead(look, author)
  }

  private static func ahead(_ look: InspectedWorkload, _ author: SyncAuthor)
    -> (write: RowWrite, tip: BranchTip)?
  {
    guard let tip = look.tip, refusal(look.report) == nil,
      case .write(_, let write) = author.decision(on: look.report)
    else { return nil }
    return (write, tip)
  }

  /// What is to be written of `shown`, where the branch is still where it was; nil where all must be
  /// inspected again, or nothing was inspected.
  ///
  /// Asked inside the lock, it holds if the row is the same, which is compared when it is written.
  var current: RowWrite? {
    guard var write = ahead?.write, ahead?.tip.isCurrent == true else { return nil }
    // The look may have been a while ago.
    write.now = UTCTime.rfc3339(Environment.now)
    write.mark?.at = write.now
    return write
  }

  /// Whether there is something to write without another look.
  var isAhead: Bool { ahead != nil }

  /// The report where there is nothing to do.
  package var settled: WorkloadReport? {
    shown.isSynced ? shown.with(ApplyOutcome(.unchanged)) : nil
  }

  /// Decides on the row as it is inside the lock.
  package func decide(
    on row: Workload, _ rows: any WorkloadRows, _ writer: WorkloadWriter
  ) async throws(Failure) -> SyncDecision {
    // Neither the row nor the branch moved since: what was found a moment ago still holds.
    if let write = current, row.isIdentical(to: write.expected) { return .write(shown, write) }
    let report = await inspection.report(on: row)
    if let outcome = Self.refusal(report) { return .settled(report.with(outcome)) }
    if isConfirmed, !Self.isSame(shown, report) {
      let moved =
        "it is no longer as shown: the commit, the spec or the live config moved; look again"
      return .settled(report.with(ApplyOutcome(.refused, message: moved)))
    }
    return writer.author.decision(on: report, as: kind)
  }

  /// Decides on a row that changed, by the spec that was read before.
  package func decideAgain(
    on row: Workload, _ decided: WorkloadReport, _ writer: WorkloadWriter
  ) -> SyncDecision? {
    guard let report = inspection.report(on: row, bySpecOf: decided), Self.refusal(report) == nil,
      !isConfirmed || Self.isSame(shown, report)
    else { return nil }
    return writer.author.decision(on: report, as: kind)
  }

  /// Whether both would change the same fields from and to the same values, by the same commit of the
  /// same repository: all of that was shown.
  private static func isSame(_ shown: WorkloadReport, _ now: WorkloadReport) -> Bool {
    shown.spec?.commit?.id == now.spec?.commit?.id
      && (shown.spec?.repository ?? "").hasSameBytes(as: now.spec?.repository ?? "")
      && (shown.plan?.changes ?? []).elementsEqual(now.plan?.changes ?? []) {
        $0.field == $1.field && $0.live == $1.live && $0.repo == $1.repo
      }
  }

  /// Why a report's plan may not be carried out; nil where it may.
  static func refusal(_ report: WorkloadReport) -> ApplyOutcome? {
    guard report.status == .ok, let plan = report.plan else {
      return ApplyOutcome(report.status == .fetchFailed ? .failed : .refused)
    }
    guard plan.isValid else {
      return ApplyOutcome(.refused, message: "the config that a sync would make is not valid")
    }
    return nil
  }
}

extension SyncAuthor {
  /// The changes of a sync as planned: none if the row is as it should be, the commit included.
  ///
  /// A commit that changes no field is recorded without an audit row.
  func decision(on report: WorkloadReport, as kind: SyncEvent.Kind = .sync) -> SyncDecision {
    guard let plan = report.plan, let commit = report.spec?.commit?.id else {
      let message = "the spec has no commit to record"
      return .settled(report.with(ApplyOutcome(.failed, message: message)))
    }
    let row = report.workload
    let now = UTCTime.rfc3339(Environment.now)
    let mark = RowWrite.Mark(commit: commit, at: now)
    guard !plan.changes.isEmpty else {
      return row.lastSyncCommit == commit
        ? .settled(report.with(ApplyOutcome(.unchanged)))
        : .write(report, RowWrite(expected: row, now: now, mark: mark))
    }
    return .write(
      report,
      RowWrite(
        expected: row, now: now,
        sourceConfig: String(decoding: plan.merged.json.bytes, as: UTF8.self), mark: mark,
        audit: audit(kind, row, commit: commit, changes: plan.changes.map(\.change))))
  }
}

extension WorkloadReport {
  /// A sync would find nothing to do, and nothing to record.
  package var isSynced: Bool {
    guard status == .ok, let plan, plan.isValid, plan.changes.isEmpty else { return false }
    return spec?.commit?.id == workload.lastSyncCommit
  }
}
