import ArgumentParser
import FleetReading
import Glibc
import Reporting
import RunningProcess
import Syncing
import TinyforgeCore
import ToolSupport
import WorkloadOptions
import WorkloadStore

extension ApplyCommand {
  /// The saved plan among the operands; nil if they are workloads.
  ///
  /// A file decides, and where there is none, a name that only a file would have.
  var planFile: String? {
    guard operands.count == 1, let word = operands.first else { return nil }
    var status = stat()
    guard stat(word, &status) == 0 else {
      let isPath = word.unicodeScalars.contains("/") && !namesServer(word)
      return isPath || word.endsWithBytes(of: ".plan") || word.endsWithBytes(of: ".json")
        ? word : nil
    }
    return status.st_mode & S_IFMT == S_IFDIR ? nil : word
  }

  /// Whether a word is `SERVER/WORKLOAD` with the name of one of the run's servers.
  private func namesServer(_ word: String) -> Bool {
    guard let server = word.parted(atFirst: "/")?.before else { return false }
    return options.servers.contains { $0.hasSameBytes(as: server) }
  }

  /// Fails if options select what the plan has selected already.
  private func requirePlanAlone() throws {
    if !options.workloads.isEmpty || options.all || options.rev != nil || emptiness.allowEmpty {
      throw ValidationError(
        "a saved plan says which workloads and which commits: --workload, --all, --rev and "
          + "--allow-empty do not go with it")
    }
  }

  /// Fails if the name of the plan's file is also that of a workload.
  private func requireOneMeaning(of path: String, in databases: FleetDatabases)
    throws(Failure)
  {
    guard !path.unicodeScalars.contains("/"),
      try databases.workloads().contains(where: {
        $0.id.hasSameBytes(as: path) || $0.name.hasSameBytes(as: path)
      })
    else { return }
    throw Failure(
      .usage, "\(path.shownSafely) is a file and also a workload, so nothing was done",
      remedy:
        "for the plan in the file: apply \("./" + path); for the workload: apply --workload \(path)"
    )
  }

  /// Applies a saved plan without a question: its user has seen it.
  func apply(savedPlan path: String, _ console: Console) async throws {
    try requirePlanAlone()
    let databases = try openDatabases(console)
    try requireOneMeaning(of: path, in: databases)
    let plan = try PlanFile.read(path).on(databases)
    if options.specs.repo != nil, plan.workloads.count > 1 {
      throw Failure(
        .usage, "--repo is one repository, and the plan is for \(plan.workloads.count) workloads")
    }
    let inspection = Inspection(
      locator: try options.specPlaces().locator(for: plan.rows(in: databases)),
      volumeOwners: try databases.volumeOwners())
    let digests = try PlanFile.digests(of: plan, databases)
    if plan.workloads.isEmpty { console.hint(language.phrases.planChangesNothing) }
    let tasks = plan.workloads.compactMap { planned in
      digests[planned.server].map { PlannedSync(planned, inspection: inspection, $0) }
    }
    guard sync.consent.dryRun else { return try await finish(tasks, databases, console) }
    var reports: [WorkloadReport] = []
    for task in tasks where !Interruption.isRequested {
      guard let database = databases[task.shown.workload.server] else { continue }
      reports.append(await task.lookAhead(database.store))
    }
    try preview(reports, of: tasks.count, console)
  }
}
