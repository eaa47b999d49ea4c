/// Who moved: why a live value differs from the declared one.
package enum DriftCause: String, Sendable, CaseIterable {
  /// The spec is as it was synced last; the live value was changed since.
  case liveEdited = "live_edited"
  /// The live value is as it was synced last; the spec was changed since.
  case specMoved = "spec_moved"
  /// Both were changed since the last sync.
  case both
  /// A revert put the live value back, and the spec still declares what was reverted.
  case reverted
  /// The workload, or this field of it, was never synced.
  case neverSynced = "never_synced"
  /// What was synced last is not known; the reason says why.
  case unknown
}
