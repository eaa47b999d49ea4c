/// Why a field drifts, decided by its three values: the spec's, the live one, and the spec's at the last sync.
extension SyncBase {
  /// Why a live value differs from the declared one.
  ///
  /// All three values are compared after normalization. A field that the base did not declare was
  /// never synced, whatever the spec says of it since.
  package func cause(of entry: DriftEntry) -> FieldCause {
    switch self {
    case .unknown(let reason): return FieldCause(cause: .unknown, reason: reason)
    case .none:
      return FieldCause(cause: .neverSynced, reason: "no sync of the workload is recorded")
    case .spec(let declared, let commit):
      let sync = "the last sync (\(ObjectID.short(commit)))"
      guard let base = declared.first(where: { $0.field == entry.field })?.value else {
        return FieldCause(
          cause: .neverSynced, reason: "the spec as of \(sync) did not declare \(entry.field.name)")
      }
      let cause = Self.cause(of: entry, base: base)
      return FieldCause(cause: cause, reason: Self.reason(for: cause, sync), base: base)
    }
  }

  private static func cause(of entry: DriftEntry, base: FieldValue) -> DriftCause {
    let synced = entry.field.normalize(base)
    if synced == entry.field.normalize(entry.repo) { return .liveEdited }
    return Drift.meaning(of: entry.live, for: entry.field) == synced ? .specMoved : .both
  }

  private static func reason(for cause: DriftCause, _ sync: String) -> String {
    switch cause {
    case .liveEdited: "the spec is as of \(sync); the live value was changed since"
    case .specMoved: "the live value is as of \(sync); the spec was changed since"
    case .both: "both the spec and the live value were changed since \(sync)"
    case .reverted, .neverSynced, .unknown: ""
    }
  }
}
