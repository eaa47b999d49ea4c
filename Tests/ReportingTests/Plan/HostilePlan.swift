import TestSupport
import TinyforgeCore

extension Hostile {
  /// A plan in which every text is hostile.
  static func plan(_ random: inout SeededGenerator) throws -> PlanReport {
    let count = Int.random(in: 1...3, using: &random)
    return PlanReport(
      workloads: try (0..<count).map { _ in try planned(&random) }, generatedAt: text(&random),
      snapshotTakenAt: text(&random), missed: Bool.random(using: &random) ? 1 : nil)
  }

  private static func planned(_ random: inout SeededGenerator) throws -> WorkloadReport {
    let status = WorkloadReport.Status.allCases.randomElement(using: &random) ?? .ok
    let row = Workload(
      id: text(&random), name: "", sourceKind: "dockerfile", sourceConfig: "{}",
      gitopsEnabled: true, gitopsPath: text(&random), lastSyncAt: text(&random),
      lastSyncCommit: text(&random))
    var report = WorkloadReport(row, status, message: text(&random))
    report.notes = [text(&random)]
    guard status == .ok || status == .invalid else { return report }
    let value = JSONWriter.compact(.string("/" + text(&random)))
    let bytes = Array("version: 1\ndeploy:\n  port: 8080\n  healthcheck: \(value)\n".utf8)
    report.spec = SpecSnapshot(
      path: text(&random), provenance: .commit, repository: text(&random),
      commit: CommitFacts(
        id: text(&random), committedAt: text(&random), subject: text(&random)),
      content: .file(bytes))
    let decoded = SpecReading.read(bytes, source: .dockerfile)
    report.decoded = decoded
    guard status == .ok else { return report }
    let live = JSONWriter.compact(["port": 3000, "healthcheck": .string(text(&random))])
    report.plan = SyncPlan(decoded, source: .dockerfile, live: try LiveConfig(live))
    return report
  }
}
