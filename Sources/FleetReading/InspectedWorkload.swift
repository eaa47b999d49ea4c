package import GitSpecs
package import TinyforgeCore

/// What an inspection found of one workload.
package struct InspectedWorkload: Sendable {
  /// The report.
  package var report: WorkloadReport
  /// The tip that the spec was read at, where that is a local branch.
  package var tip: BranchTip?

  init(_ report: WorkloadReport, _ tip: BranchTip? = nil) {
    self.report = report
    self.tip = tip
  }
}
