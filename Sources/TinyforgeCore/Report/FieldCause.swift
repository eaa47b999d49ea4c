/// Why a field drifts, and what is known of both values.
package struct FieldCause: Sendable, Equatable {
  /// Why the two differ.
  package var cause: DriftCause
  /// Why the cause is what it is, in a sentence.
  package var reason: String
  /// The declared value as of the last sync; nil where that is not known, or none was declared.
  package var base: FieldValue?
  /// The commit that last touched the value's line.
  package var touched: ReportedDrift.Touch?
  /// Why ``touched`` is not known; nil where it is.
  package var untold: String?
  /// The audit row that last synced the field.
  package var syncedBy: ReportedDrift.SyncEvent?

  /// Creates one from its parts.
  package init(
    cause: DriftCause, reason: String, base: FieldValue? = nil,
    touched: ReportedDrift.Touch? = nil, untold: String? = nil,
    syncedBy: ReportedDrift.SyncEvent? = nil
  ) {
    self.cause = cause
    self.reason = reason
    self.base = base
    self.touched = touched
    self.untold = untold
    self.syncedBy = syncedBy
  }

  /// The cause in a report whose causes were not looked for.
  package static let unexplained = FieldCause(
    cause: .unknown, reason: "the causes were not looked for")
}
