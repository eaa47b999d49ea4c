/// What a sync of one workload would do.
package struct SyncPlan: Sendable {
  /// The declared fields that the workload's source honours.
  package let managed: [DeclaredField]
  /// Those of them that differ from the live config, which a sync would change.
  package let changes: [DriftEntry]
  /// The config after the sync; the live one where nothing changes or nothing may be merged.
  package let merged: LiveConfig
  /// Why the merged config is refused, credentials masked; empty when it is valid.
  package let faults: [String]

  /// Plans the sync of a decoded spec onto a live config.
  package init(_ spec: DecodedSpec, source: SourceKind, live: LiveConfig) {
    managed = spec.declared.filter { $0.field.honouredBy.contains(source) }
    changes = Drift.compare(managed, with: live)
    let misfits = ConfigValidation.misfits(changes)
    guard misfits.isEmpty else {
      merged = live
      faults = misfits
      return
    }
    do {
      merged = try ConfigMerge.merge(changes, onto: live)
      faults = ConfigValidation.faults(in: merged, source: source, declared: managed)
        .map(\.withoutCredentials)
    } catch {
      merged = live
      faults = ["the merged config cannot be read back: \(error.problem)"]
    }
  }

  /// The merged config is one that the server would take.
  package var isValid: Bool { faults.isEmpty }
}
