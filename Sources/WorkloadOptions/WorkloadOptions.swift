package import ArgumentParser
package import FleetReading
package import TinyforgeCore
package import ToolSupport

/// Which workloads, which database, which specs: the same in plan, drift and apply.
package struct WorkloadOptions: ParsableArguments {
  @OptionGroup package var databases: DatabaseOptions

  @Option(
    help: ArgumentHelp(
      "The name of the database's Tinyforge server, which tells its workloads from those of other servers in every report.",
      valueName: "name"))
  package var serverName: String?

  @Option(
    name: .customLong("workload"),
    help: ArgumentHelp("A workload, by id or name; may be repeated.", valueName: "id|name"),
    completion: WorkloadCompletion.kind)
  package var workloads: [String] = []

  @Flag(help: "Every opted-in workload whose source GitOps serves.")
  package var all = false

  @OptionGroup package var specs: SpecOptions

  @Option(
    help: "The revision to read (default: the workload's branch, else HEAD).",
    completion: RevisionCompletion.kind)
  package var rev: String?

  @Option(
    help: ArgumentHelp(
      "How many specs are read at a time, over HTTP from each forge (default: the number of cores, "
        + "and \(Fleet.remoteJobs) over HTTP).", valueName: "jobs"))
  package var jobs: Int?

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    databases = DatabaseOptions(&line)
    serverName = line.value("--server-name")
    workloads = line.values("--workload")
    all = line.flag("--all")
    specs = SpecOptions(&line)
    rev = line.value("--rev")
    jobs = line.value("--jobs") { Int($0) }
    line.check(validate)
  }

  /// Checks what the options say together.
  package func validate() throws {
    if !workloads.isEmpty, all {
      throw ValidationError("--all takes every workload, so none can be named beside it")
    }
    if workloads.contains("") {
      throw ValidationError(
        "the name of a workload is empty; if it comes from a variable, such as TINYFORGE_WORKLOAD, set it"
      )
    }
    if specs.repo != nil, all || workloads.count > 1 {
      throw ValidationError("--repo is one repository, so it needs exactly one workload")
    }
    if let jobs, !(1...256).contains(jobs) {
      throw ValidationError("--jobs must be between 1 and 256")
    }
  }

  /// These options with workloads that were named without --workload.
  package func adding(_ names: [String]) -> WorkloadOptions {
    var all = self
    all.workloads += names
    return all
  }

  /// The names of the servers whose databases are given.
  package var servers: [String] {
    serverName.map { [$0].filter(ServerName.isName) } ?? databases.servers
  }

  /// The options that say so, as another command takes them; empty where the environment says it.
  package var databaseWords: String {
    let names = serverName.map { ["--server-name", $0] } ?? []
    return (databases.db.flatMap { ["--db", $0] } + names).map { " \(ShellWord($0))" }.joined()
  }

  /// Where the databases are, with the names of their servers.
  package func addresses() throws(Failure) -> [ServerAddress] {
    if let serverName, !ServerName.isName(serverName) {
      throw Failure(
        .usage, "\"\(serverName.shownSafely)\" is not the name of a server: \(ServerName.rule)",
        remedy: "write one such as --server-name east-1")
    }
    return try databases.addresses(server: serverName)
  }

  /// Where specs are read.
  package func specPlaces() throws(Failure) -> SpecPlaces { try specs.places(revision: rev) }

  /// Fails where the command line does not say which workloads.
  package func requireAny() throws(Failure) {
    guard workloads.isEmpty, !all else { return }
    throw Failure(
      .usage, "no workload is named",
      remedy: "name workloads by id or name, or take them all with --all")
  }

  /// Which rows are chosen.
  package var selection: WorkloadSelection { WorkloadSelection(names: workloads, all: all) }
}
