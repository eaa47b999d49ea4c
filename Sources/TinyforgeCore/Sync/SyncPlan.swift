/// What a sync of one workload would do.
package struct SyncPlan: Sendable {
  /// The declared fields that the workload's source honours, and whose live values are known.
  package let managed: [DeclaredField]
  /// Those of them that differ from the live config, which a sync would change.
  package let changes: [DriftEntry]
  /// The config after the sync; the live one where nothing changes or nothing may be merged.
  package let merged: LiveConfig
  /// Why the merged config is refused, credentials masked; empty when it is valid.
  package let faults: [String]
  /// Whether all live values were known; a snapshot may withhold some, and no faults says less then.
  package let isComplete: Bool

  /// Plans the sync of a decoded spec onto a live config; the values of `withheld` fields are not known.
  package init(
    _ spec: DecodedSpec, source: SourceKind, live: LiveConfig, withheld: [String] = []
  ) {
    let honoured = spec.declared.filter { $0.field.honouredBy.contains(source) }
    // Whatever the live value is, a sync leaves the declared one, which may be at fault.
    let differing = Drift.compare(honoured, with: live)
    isComplete = withheld.isEmpty
    managed = withheld.isEmpty ? honoured : honoured.filter { !$0.field.isAmong(withheld) }
    changes = withheld.isEmpty ? differing : differing.filter { !$0.field.isAmong(withheld) }
    let misfits = ConfigValidation.misfits(changes)
    guard misfits.isEmpty else {
      merged = live
      faults = misfits
      return
    }
    do {
      merged = try ConfigMerge.merge(differing, onto: live)
      faults = ConfigValidation.faults(in: merged, source: source, declared: honoured)
        .map(\.withoutCredentials)
    } catch {
      merged = live
      faults = ["the merged config cannot be read back: \(error.problem)"]
    }
  }

  /// The merged config is one that the server would take, as far as it is known.
  package var isValid: Bool { faults.isEmpty }
}

extension SpecField {
  /// Whether its name is one of these.
  func isAmong(_ names: [String]) -> Bool { names.contains { $0.hasSameBytes(as: name) } }
}
