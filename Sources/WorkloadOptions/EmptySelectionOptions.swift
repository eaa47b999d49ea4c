import ArgumentParser
package import TinyforgeCore
package import ToolSupport

/// What a selection means that matches no workload: most often a mistake, such as the wrong database.
package struct EmptySelectionOptions: ParsableArguments {
  @Flag(help: "Succeed where no workload is selected; else that is an error.")
  package var allowEmpty = false

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    allowEmpty = line.flag("--allow-empty")
  }

  /// Fails where no workload is selected and that was not allowed; `isFiltered` where patterns select among
  /// those that are opted in.
  package func check(_ selected: [Workload], isFiltered: Bool = false) throws(Failure) {
    guard selected.isEmpty, !allowEmpty else { return }
    throw Failure(
      .notFound,
      isFiltered
        ? "no workload matches the selection"
        : "no workload is opted in to GitOps with a source that it serves",
      remedy: isFiltered
        ? "check --name and --source, or use --allow-empty where that may be so"
        : "opt one in with apply enable WORKLOAD, or use --allow-empty where that may be so")
  }
}
