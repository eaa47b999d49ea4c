/// Lays declared values over a live config.
package enum ConfigMerge {
  /// The config with the changed leaves set, and every other byte as it was (`JSONText+Editing.swift`).
  ///
  /// Only fields that differ are written: one that is equal after normalization keeps the text
  /// that it has.
  package static func merge(_ changes: [DriftEntry], onto live: LiveConfig) throws(JSONFault)
    -> LiveConfig
  {
    if changes.isEmpty { return live }
    return try LiveConfig(live.json.setting(changes.map { ($0.field.name, $0.repo.json) }))
  }
}
