import DriftTracking
import Reporting
import TinyforgeCore

/// How a report knows since when its drift lasts: from an earlier report, or from the reports that it joins.
struct ReportTracking: Sendable {
  /// Gives a workload's drift its ages.
  let dated: @Sendable (ReportedWorkload) -> ReportedWorkload
  /// The comparison that the run begins with; nil where reports are joined.
  let comparison: DriftComparison?
  /// What the joined reports found against earlier ones.
  let merged: DriftChanges?

  /// Of a run that is compared with an earlier report.
  init(_ tracker: DriftTracker, withheld: [WorkloadKey: [String]]) {
    dated = tracker.dated
    comparison = DriftComparison(tracker, withheld: withheld)
    merged = nil
  }

  /// Of reports that are joined; nil where none was compared with an earlier one.
  init?(joined: DriftChanges?, generatedAt: String) {
    guard let joined else { return nil }
    let now = UTCTime.seconds(ofRFC3339: generatedAt) ?? 0
    dated = { $0.aged(at: now) }
    comparison = nil
    merged = joined
  }
}
