package import ArgumentParser
package import TinyforgeCore
package import ToolSupport
package import WorkloadStore

/// Which workloads, which database, which specs: the same in plan, drift and apply.
package struct WorkloadOptions: ParsableArguments {
  @OptionGroup package var database: DatabaseOptions

  @Option(
    name: .customLong("workload"),
    help: ArgumentHelp("A workload, by id or name; may be repeated.", valueName: "id|name"))
  package var workloads: [String] = []

  @Flag(help: "Every opted-in workload whose source GitOps serves.")
  package var all = false

  @Option(
    name: .customLong("mirrors"),
    help: ArgumentHelp(
      "Where clones and bare mirrors live; may be repeated (default: TINYFORGE_MIRRORS, "
        + "colon-separated).", valueName: "dir"))
  package var mirrors: [String] = []

  @Option(help: ArgumentHelp("This clone or bare repository, for one workload.", valueName: "dir"))
  package var repo: String?

  @Option(help: "The revision to read (default: the workload's branch, else HEAD).")
  package var rev: String?

  @Option(help: "How many repositories are read at a time (default: the number of cores).")
  package var jobs: Int = Environment.processorCount

  package init() {}

  package func validate() throws {
    if !workloads.isEmpty, all { throw ValidationError("--workload and --all exclude each other") }
    if repo != nil, all || workloads.count > 1 {
      throw ValidationError("--repo is one repository, so it needs exactly one --workload")
    }
    if !(1...256).contains(jobs) { throw ValidationError("--jobs must be between 1 and 256") }
  }

  /// Where each workload's spec is looked for.
  package var locator: SpecLocator {
    let folders =
      mirrors.isEmpty
      ? (Environment.variable("TINYFORGE_MIRRORS") ?? "").split(separator: ":").map(String.init)
      : mirrors
    return SpecLocator(repository: repo, revision: rev, mirrors: folders)
  }

  /// Fails where the command line does not say which workloads.
  package func requireAny() throws(Failure) {
    guard workloads.isEmpty, !all else { return }
    throw Failure(
      .usage, "no workload is named",
      remedy: "name workloads with --workload, or take them all with --all")
  }

  /// Opens the database for reading, and reads the chosen rows.
  package func read(console: Console) throws(Failure) -> [Workload] {
    try selection.choose(from: try openDatabase(console: console))
  }

  /// Opens the database for reading, once it is certain that something is to be read there.
  package func openDatabase(console: Console) throws(Failure) -> WorkloadDatabase {
    try requireAny()
    return try database.openForReading(console: console)
  }

  /// Which rows are chosen.
  package var selection: WorkloadSelection { WorkloadSelection(names: workloads, all: all) }
}
