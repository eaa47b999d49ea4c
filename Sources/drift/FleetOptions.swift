import ArgumentParser
import FleetReading
import RunningProcess
import TinyforgeCore
import ToolSupport
import WorkloadOptions

/// Which part of a fleet is inspected, and how far.
struct FleetOptions: ParsableArguments {
  @Option(
    name: .customLong("name"),
    help: ArgumentHelp(
      "Only workloads whose name or id fits, such as 'shop-*'; may be repeated.",
      valueName: "pattern"))
  var names: [PathPattern] = []

  @Option(
    name: .customLong("source"),
    help: ArgumentHelp(
      "Only workloads of this source; may be repeated.", valueName: SourceKind.choice),
    completion: SourceKind.completion, transform: SourceKind.named)
  var sources: [SourceKind] = []

  @Option(
    help: ArgumentHelp(
      "Only part I of N of the workloads: each is in exactly one, whichever runner asks. auto reads I and N from the "
        + "environment of the runner.", valueName: "I/N"), completion: .list(["auto"]),
    transform: Self.shard)
  var shard: FleetShard?

  @Option(
    help: ArgumentHelp(
      "Report mirrors that were not fetched for this long: a number and its unit, such as 7d, 12h or 30m.",
      valueName: "age"), transform: MirrorAge.named)
  var staleAfter: MirrorAge?

  @Option(
    help: ArgumentHelp(
      "How many commits of a repository are read back at most for a drifted field's cause and "
        + "author.", valueName: "commits"))
  var history = usualHistory

  @Option(
    help: ArgumentHelp(
      "How long a workload's history is read at most for causes and authors, such as 500ms, 30s or 2m; a "
        + "number alone is seconds.",
      valueName: "duration"))
  var historyTimeout = CauseSearch.usualTimeout

  private static let usualHistory = 10_000

  init() {}

  /// The options of a line that is read directly.
  init(_ line: inout DirectLine) {
    names = line.values("--name", PathPattern.init(argument:))
    sources = line.values("--source", SourceKind.init(rawValue:))
    shard = line.value("--shard", Self.shard)
    staleAfter = line.value("--stale-after", MirrorAge.named)
    history = line.value("--history") { Int($0) } ?? Self.usualHistory
    historyTimeout =
      line.value("--history-timeout", TimeSpan.init(argument:)) ?? CauseSearch.usualTimeout
    line.check(validate)
  }

  private static func shard(_ text: String) throws -> FleetShard {
    if text == "auto" { return try RunnerShard(variable: Environment.variable).shard() }
    if let shard = FleetShard(text) { return shard }
    throw ValidationError(
      "\"\(text.shownSafely)\" is not a shard: write I/N, such as 2/4 for the second of four, or auto"
    )
  }

  func validate() throws {
    if history < 1 { throw ValidationError("--history must be at least 1") }
  }

  /// Whether some workloads are left out by their names or sources.
  var isFiltered: Bool { !names.isEmpty || !sources.isEmpty }

  /// Whether a workload is of the inspected part.
  func wants(_ workload: Workload) -> Bool {
    matches(workload) && shard?.contains(workload.id) != false
  }

  /// Whether a workload is selected, in whichever shard it is.
  func matches(_ workload: Workload) -> Bool {
    let isNamed =
      names.isEmpty || names.contains { $0.matches(workload.name) || $0.matches(workload.id) }
    let isOfSource = sources.isEmpty || sources.contains { $0.rawValue == workload.sourceKind }
    return isNamed && isOfSource
  }
}

extension PathPattern: ExpressibleByArgument {
  /// Reads a word of the command line; nil where it does not fit.
  package init?(argument: String) {
    if argument.isEmpty { return nil }
    self.init(argument)
  }
}

extension SourceKind: NamedValue {}
