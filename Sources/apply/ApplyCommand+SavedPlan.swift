import TinyforgeCore
import ToolSupport
import WorkloadSupport

extension ApplyCommand {
  /// Applies a saved plan; whoever names one has seen it, so nobody is asked.
  func apply(savedPlan path: String, _ console: Console) async throws {
    let plan = try PlanFile.read(path)
    if workloads.repo != nil, plan.workloads.count > 1 {
      throw Failure(
        .usage, "--repo is one repository, and the plan is for \(plan.workloads.count) workloads")
    }
    let database = try workloads.database.openForReading(console: console)
    let inspection = Inspection(locator: try workloads.locator(for: plan, from: database))
    let digests = try PlanFile.digests(of: plan, database)
    let tasks = plan.workloads.map { PlannedSync($0, inspection: inspection, digests) }
    guard sync.consent.dryRun else { return try await finish(tasks, database, console) }
    var reports: [WorkloadReport] = []
    for task in tasks { reports.append(await task.lookAhead(database)) }
    try console.print(format.document(reports, language.phrases, console), as: format.outputForm)
    let status = Fleet.status(of: reports).combined(with: SyncOptions.status(of: reports))
    throw status.reportedOnly(output.exitZero).code
  }
}
