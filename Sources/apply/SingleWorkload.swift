package import ArgumentParser
import FleetReading
package import TinyforgeCore
import WorkloadOptions
package import WorkloadStore

/// The one workload that a subcommand works on.
package struct SingleWorkload: ParsableArguments {
  @Argument(help: "The workload, by id or name.", completion: WorkloadCompletion.kind)
  package var workload: String

  /// Creates one with its defaults.
  package init() {}

  /// Its row.
  package func find(in database: any WorkloadStore) throws(Failure) -> Workload {
    try WorkloadSelection.find(workload, in: database.workloads())
  }
}
