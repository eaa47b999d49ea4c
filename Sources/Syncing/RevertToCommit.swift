package import FleetReading
package import TinyforgeCore

/// Puts back the spec of a commit, by the way that a sync takes.
///
/// It needs no event log, and a workload need not be opted in: who opts one out so that no sync follows
/// may still put values back.
package struct RevertToCommit: Sendable {
  /// What it would do, or why it may not.
  package let shown: WorkloadReport
  private let inspection: Inspection

  /// Reads the spec at the revision of `locator`.
  package init(_ row: Workload, _ locator: SpecLocator) async {
    inspection = Inspection(locator: locator, includesDisabled: true)
    let report = await inspection.report(on: row)
    let outcome = LiveSync.refusal(report) ?? (report.isSynced ? ApplyOutcome(.unchanged) : nil)
    shown = outcome.map(report.with) ?? report
  }

  /// Whether there is a value to put back.
  package var changesValues: Bool { shown.plan?.changes.isEmpty == false }

  /// The report of a look that found nothing to put back.
  package var unchanged: WorkloadReport { shown.with(ApplyOutcome(.unchanged)) }

  /// The task; with `isConfirmed`, of what was shown and nothing else.
  package func task(isConfirmed: Bool) -> LiveSync {
    LiveSync(shown, inspection: inspection, isConfirmed: isConfirmed, as: .revert)
  }
}
