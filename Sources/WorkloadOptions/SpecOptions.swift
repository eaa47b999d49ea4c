package import ArgumentParser
package import FleetReading
import RunningProcess
package import TinyforgeCore
package import ToolSupport

/// Where specs are read from: clones and mirrors, or forges.
package struct SpecOptions: ParsableArguments {
  @Option(
    name: .customLong("mirrors"),
    help: ArgumentHelp(
      "Where clones and bare mirrors live; may be repeated (default: TINYFORGE_MIRRORS, "
        + "colon-separated).", valueName: "dir"), completion: .directory)
  package var mirrors: [String] = []

  @Option(
    help: ArgumentHelp("This clone or bare repository, for one workload.", valueName: "dir"),
    completion: .directory)
  package var repo: String?

  @OptionGroup(title: "Options for forges")
  package var fetching: FetchOptions

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    mirrors = line.values("--mirrors")
    repo = line.value("--repo")
    fetching = FetchOptions(&line)
    line.check(validate)
  }

  /// Checks what the options say together.
  package func validate() throws {
    if repo != nil, fetching.fetch == .http {
      throw ValidationError("--repo is a local repository, and --fetch http reads none")
    }
  }

  /// Where specs are read: at `revision`, else on the branch of the workload.
  package func places(revision: String?) throws(Failure) -> SpecPlaces {
    SpecPlaces(
      repository: repo, revision: revision, mirrors: try folders(), mode: fetching.fetch,
      forges: try fetching.forgeAccess(), fetchTimeout: fetching.fetchTimeout.duration)
  }

  /// The folders of mirrors, from the option or the environment.
  private func folders() throws(Failure) -> [String] {
    guard mirrors.isEmpty else { return mirrors }
    let list = Environment.variable("TINYFORGE_MIRRORS") ?? ""
    // At its colons an address would be taken apart, its password among the parts.
    guard list.parted(atFirst: "://") == nil else {
      throw Failure(
        .usage, "TINYFORGE_MIRRORS holds an address, and mirrors are folders of this machine",
        remedy:
          "clone the repository with git clone --mirror, and name the folder that holds the clone")
    }
    return list.splitAtScalar(":", omittingEmpty: true).map(String.init)
  }
}
