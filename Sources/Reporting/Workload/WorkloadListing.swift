package import TinyforgeCore

/// Which workloads a report for people lists; its counts are always those of all.
package enum WorkloadListing: Sendable {
  case all
  /// Those that change, that somebody has to do something about, or that there is something to know of.
  case changes

  /// Whether a workload of a drift report is listed.
  package func lists(_ workload: ReportedWorkload) -> Bool {
    guard self == .changes else { return true }
    return WorkloadVerdict(workload).needsAttention || !workload.notes.isEmpty
  }

  /// Whether a workload that plan or apply inspected is listed.
  package func lists(_ report: WorkloadReport) -> Bool {
    guard self == .changes, report.notes.isEmpty else { return true }
    if let outcome = report.outcome { return outcome.result != .unchanged }
    switch report.status {
    case .ok: return report.plan?.isValid == false || report.plan?.changes.isEmpty == false
    case .noFile, .fetchFailed, .invalid: return true
    case .disabled, .ineligible: return false
    }
  }
}
