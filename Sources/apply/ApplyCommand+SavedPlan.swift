import TinyforgeCore
import ToolSupport
import WorkloadSupport

extension ApplyCommand {
  /// Applies a saved plan; whoever names one has seen it, so nobody is asked.
  func apply(savedPlan path: String, _ console: Console) async throws {
    let plan = try PlanFile.read(path)
    if workloads.specs.repo != nil, plan.workloads.count > 1 {
      throw Failure(
        .usage, "--repo is one repository, and the plan is for \(plan.workloads.count) workloads")
    }
    let database = try workloads.database.openForReading(
      console: console, patience: sync.writer.lockTimeout.duration)
    let inspection = Inspection(locator: try workloads.locator(for: plan, from: database))
    let digests = try PlanFile.digests(of: plan, database)
    let tasks = plan.workloads.map { PlannedSync($0, inspection: inspection, digests) }
    Interruption.hold()
    guard sync.consent.dryRun else { return try await finish(tasks, database, console) }
    var reports: [WorkloadReport] = []
    for task in tasks where !Interruption.isRequested {
      reports.append(await task.lookAhead(database))
    }
    try preview(reports, of: tasks.count, console)
  }
}
