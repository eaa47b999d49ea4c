/// Blue-green runs the old and the new container side by side, and both write a volume that the workload has.
package enum SharedVolume {
  /// What to know where a workload that has volumes is deployed blue-green, or would be after a sync; nil where it is not.
  package static func note(on managed: [DeclaredField], live: LiveConfig) -> String? {
    let isDeclared = managed.contains {
      $0.field == SpecFieldTable.deployStrategy && $0.value == blueGreen
    }
    if isDeclared {
      return
        "blue-green is declared, and the workload has volumes: the old and the new container use them at once "
        + "during a deploy"
    }
    guard Drift.value(of: live[SpecFieldTable.deployStrategy] ?? .null, as: .text) == blueGreen
    else { return nil }
    return
      "the live strategy is blue-green, and the workload has volumes: the old and the new container use them at "
      + "once during a deploy"
  }

  private static let blueGreen = FieldValue.text("blue-green")
}
