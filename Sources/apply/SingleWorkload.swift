package import ArgumentParser
package import FleetReading
package import TinyforgeCore
import WorkloadOptions

/// The one workload that a subcommand works on.
package struct SingleWorkload: ParsableArguments {
  @Argument(help: "The workload, by id or name.", completion: WorkloadCompletion.kind)
  package var workload: String

  /// Creates one with its defaults.
  package init() {}

  /// Its row.
  package func find(in database: ServerDatabase) throws(Failure) -> Workload {
    try WorkloadSelection.find(workload, in: database.workloads())
  }
}
