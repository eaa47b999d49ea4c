/// The result of opting a workload in or out.
package struct OptInReport: Sendable {
  /// The row as it is now.
  package var workload: Workload
  /// What became of it.
  package var outcome: ApplyOutcome
  /// What was changed; empty unless the result is `applied`.
  package var changes: [SyncEvent.Change]

  /// Creates one from its parts.
  package init(_ workload: Workload, _ outcome: ApplyOutcome, changes: [SyncEvent.Change] = []) {
    self.workload = workload
    self.outcome = outcome
    self.changes = changes
  }
}
