import ArgumentParser
import TinyforgeCore
import ToolSupport
import WorkloadOptions

/// Where the live values are from, and whether they are only taken.
struct LiveOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compare nothing: write the live values and the last syncs to this file (- is standard "
        + "output), for runners that must not see the database.", valueName: "file"),
    completion: .file())
  var snapshot: String?

  @Option(
    help: ArgumentHelp(
      "Compare with a snapshot's live values instead of a database's.", valueName: "file"),
    completion: .file())
  var live: String?

  init() {}

  /// The options of a line that is read directly.
  init(_ line: inout DirectLine) {
    snapshot = line.value("--snapshot")
    live = line.value("--live")
    line.check(validate)
  }

  func validate() throws {
    if snapshot != nil, live != nil {
      throw ValidationError("--snapshot and --live exclude each other")
    }
  }

  /// Checks that no server is named for a snapshot, which keeps the names that it was taken with.
  func check(serverName: String?) throws {
    if live != nil, serverName != nil { throw ServerName.refusedBySnapshot }
  }
}
