import ArgumentParser
import TinyforgeCore
import ToolSupport

/// Which of the inspected workloads are listed; the counts and the exit status are those
/// of all.
struct ListingOptions: ParsableArguments {
  @Flag(help: "List only workloads with something to do; the summary counts them all.")
  var onlyDrifted = false

  @Option(
    name: .customLong("status"),
    help: ArgumentHelp(
      "List only workloads of this status; may be repeated.",
      valueName: WorkloadReport.Status.choice), completion: WorkloadReport.Status.completion,
    transform: WorkloadReport.Status.named)
  var wanted: [WorkloadReport.Status] = []

  init() {}

  /// The options of a line that is read directly.
  init(_ line: inout DirectLine) {
    onlyDrifted = line.flag("--only-drifted")
    wanted = line.values("--status", WorkloadReport.Status.init(rawValue:))
  }

  /// Drift, findings, and what could not be read count as something to do.
  func lists(_ workload: ReportedWorkload) -> Bool {
    let isWanted = wanted.isEmpty || wanted.contains(workload.status)
    return isWanted && (!onlyDrifted || workload.hasFindings || workload.status == .fetchFailed)
  }
}

extension WorkloadReport.Status: NamedValue {}
