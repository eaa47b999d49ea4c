import Crypto
import Reporting
package import TinyforgeCore
import ToolSupport

/// SHA-256, as digests are written in saved plans.
package let sha256: Digesting = { bytes in
  let digits = SHA256.hash(data: bytes).map { byte in
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
  return "sha256:" + digits.joined()
}

/// Saved plans as files.
package enum PlanFile {
  /// Saves what the reports plan; workloads that nothing changes are left out.
  ///
  /// Nothing is saved where a workload could not be planned: the file would not be what was asked
  /// for.
  package static func save(_ reports: [WorkloadReport], to path: String) throws(Failure) {
    var planned: [PlannedWorkload] = []
    for report in reports {
      let pinned = try pin(report, path)
      if report.plan?.changes.isEmpty == false { planned.append(pinned) }
    }
    let plan = SavedPlan(
      createdAt: UTCTime.rfc3339(Environment.now), toolVersion: ToolkitVersion.current,
      workloads: planned)
    try WholeFile.replace(
      path, with: Array(SavedPlanJSON.render(plan, digest: sha256).utf8), as: "the saved plan",
      staysPrivate: true)
  }

  private static func pin(_ report: WorkloadReport, _ path: String) throws(Failure)
    -> PlannedWorkload
  {
    let name = report.workload.shownName.shownSafely
    do throws(PlannedWorkload.Obstacle) {
      return try PlannedWorkload(report, digest: sha256)
    } catch .credential(let field) {
      throw Failure(
        .usage,
        "no plan was saved to \(path.shownSafely): the \(field) of \(name) looks like a "
          + "credential, which no saved plan may hold",
        remedy: "take the credential out of the config, or leave the workload out of the plan")
    } catch {
      throw Failure(
        .usage, "no plan was saved to \(path.shownSafely): \(name) cannot be planned",
        remedy: "mend what is reported of it, or leave it out with --workload")
    }
  }

  /// Reads a saved plan; `.stale` where the file is not the one that was written, or another version
  /// of the toolkit wrote it.
  package static func read(_ path: String) throws(Failure) -> SavedPlan {
    let bytes = try WholeFile.read(path, as: "the saved plan")
    let shown = path.shownSafely
    let plan: SavedPlan
    do {
      plan = try SavedPlanJSON.read(bytes, digest: sha256)
    } catch {
      switch error {
      case .other(let kind):
        throw Failure(
          .usage, "\(shown) is no saved plan, but \(kind)",
          remedy: "save one: plan --workload ID --out FILE")
      case .changed(let fault):
        throw Failure(
          .stale, "the saved plan \(shown) was changed or cut off after it was made: \(fault)",
          remedy: "make a new plan: plan --workload ID --out FILE")
      }
    }
    guard plan.toolVersion == ToolkitVersion.current else {
      throw Failure(
        .stale,
        "the saved plan \(shown) was made by version \(plan.toolVersion.shownSafely), and this is "
          + "\(ToolkitVersion.current), which might merge in another way",
        remedy: "make a new plan: plan --workload ID --out FILE")
    }
    return plan
  }
}
