/// What apply did to one workload.
package struct ApplyOutcome: Sendable, Equatable {
  /// What became of a workload.
  package enum Result: String, Sendable, CaseIterable { case applied, unchanged, refused, failed }

  /// What became of it.
  package var result: Result
  /// Why it was refused or failed; empty otherwise.
  package var message: String
  /// The row of `event_log` that audits the sync.
  package var eventID: Int64?
  /// Somebody else holds the lock or the database; the same call may succeed later.
  package var isBusy: Bool
  /// A saved plan no longer fits the workload.
  package var isPlanStale: Bool
  /// A signal ended the run before the workload was done.
  package var isInterrupted = false

  /// Creates one from its parts.
  package init(
    _ result: Result, message: String = "", eventID: Int64? = nil, isBusy: Bool = false,
    isPlanStale: Bool = false
  ) {
    self.isPlanStale = isPlanStale
    self.result = result
    self.message = message
    self.eventID = eventID
    self.isBusy = isBusy
  }
}
