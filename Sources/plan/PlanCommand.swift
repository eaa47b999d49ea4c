import ArgumentParser
import FleetReading
import Reporting
import RunningProcess
import Syncing
import TinyforgeCore
import ToolSupport
import WorkloadOptions
import WorkloadStore

/// The command of `plan`, which tells what a sync would change.
struct PlanCommand: DirectCommand, AsyncParsableCommand, ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Says what a sync of declared fields would change in a Tinyforge database.",
    usage:
      "plan (--all | <workload> ...) [options]\nplan export (--all | <workload> ...) [options]\nplan doctor [options]",
    discussion: HelpText.discussion(
      examples: [
        "plan shop                      # what a sync would change",
        "plan --all --format markdown   # for a review",
        "plan shop --out shop.plan      # save it; apply shop.plan carries it out",
        "plan export shop               # the spec of what is live",
        "plan doctor                    # check database, mirrors, tokens and clock",
      ],
      """
      Nothing is written but the plan of --out. Once a plan is saved, the exit status is 0.

      SIGTERM, SIGINT and SIGHUP end the run: what was done by then is reported, no plan is saved, and the exit status is 143, 130 \
      or 129.
      """, statuses: [.clean, .findings, .failed, .busy]),
    version: ToolVersions.line("plan"), subcommands: [ExportCommand.self, DoctorCommand.self])

  @OptionGroup var operands: WorkloadOperands
  @OptionGroup var options: WorkloadOptions
  @OptionGroup var emptiness: EmptySelectionOptions

  @Option(
    help: ArgumentHelp("Save the plan for apply, readable by you alone.", valueName: "file"),
    completion: .file())
  var out: String?

  @Option(
    help: ArgumentHelp("How the plan is written (default: text).", valueName: PlanFormat.choice),
    completion: PlanFormat.completion,
    transform: PlanFormat.named)
  var format: PlanFormat = .text

  @OptionGroup var verbosity: VerboseOptions
  @OptionGroup var language: LanguageOptions

  @OptionGroup var output: OutputOptions

  init() {}

  init(_ line: inout DirectLine) {
    options = WorkloadOptions(&line)
    emptiness = EmptySelectionOptions(&line)
    out = line.value("--out")
    format = line.value("--format", PlanFormat.init(rawValue:)) ?? .text
    verbosity = VerboseOptions(&line)
    language = LanguageOptions(&line)
    output = OutputOptions(&line)
    operands = WorkloadOperands(&line)
  }

  /// The options with the workloads that were named without one.
  var workloads: WorkloadOptions { options.adding(operands.names) }

  func validate() throws {
    try workloads.validate()
    guard out != "-" else {
      throw ValidationError(
        "a saved plan is a file of its own, and standard output holds the report: name a file, or "
          + "./- for one of that name")
    }
  }

  private typealias Chosen = (rows: [Workload], volumeOwners: Set<WorkloadKey>)

  private func choose(_ console: Console) throws(Failure) -> Chosen {
    try workloads.requireAny()
    let database = try WorkloadDatabase.openForReading(
      workloads.database.path(), hint: console.hint)
    return (
      try workloads.selection.choose(from: database), try database.workloadsWithVolumes()
    )
  }

  private func inspection(of chosen: Chosen) throws(Failure) -> Inspection {
    Inspection(
      locator: try workloads.locator(for: chosen.rows), volumeOwners: chosen.volumeOwners,
      linksSpecs: format == .markdown)
  }

  func run() async throws {
    let console = output.console
    let chosen: Chosen
    do throws(Failure) { chosen = try choose(console) } catch {
      throw Self.hintingAtPlan(error, operands.names)
        ?? error.hinting(at: Self.self, for: operands.names)
    }
    let rows = chosen.rows
    try emptiness.check(rows)
    let reports = await Fleet.inspect(
      rows, with: try inspection(of: chosen), jobs: workloads.jobs)
    if Interruption.isRequested { return try end(reports, of: rows.count) }
    let listing = verbosity.listing(areNamed: !workloads.all)
    try console.print(
      format.document(reports, language.phrases, console, listing), as: format.outputForm)
    if let out {
      try PlanFile.save(reports, to: out, database: workloads.database.path())
      console.hint(savedHint(reports, out))
      // Whoever saves a plan applies it next: plan --out FILE && apply FILE.
      throw ExitStatus.clean.code
    }
    throw output.status(ExitStatus(inspected: reports)).code
  }

  /// What can be done with the saved plan.
  private func savedHint(_ reports: [WorkloadReport], _ file: String) -> String {
    reports.contains { $0.plan?.changes.isEmpty == false }
      ? language.phrases.savedPlan(ShellWord(file).description) : language.phrases.savedEmptyPlan
  }

  /// The same with the way to look at a saved plan, where the name of one was given for a workload.
  private static func hintingAtPlan(_ failure: Failure, _ names: [String]) -> Failure? {
    guard failure.code == .notFound, names.count == 1, let file = names.first,
      file.endsWithBytes(of: ".plan") || (try? PlanFile.read(file)) != nil
    else { return nil }
    return Failure(
      failure.code, failure.message,
      remedy: "for what a saved plan would change: apply \(file) --dry-run")
  }

  func reportNothing() throws { try end([], of: 0) }

  /// Ends the report of a run that a signal ended.
  private func end(_ reports: [WorkloadReport], of all: Int) throws {
    let (console, phrases) = (output.console, language.phrases)
    let interruption = phrases.interrupted(all - reports.count, of: all)
    let listing = verbosity.listing(areNamed: !workloads.all)
    try console.print(
      format.document(reports, phrases, console, listing, interruption: interruption),
      as: format.outputForm)
    if format != .text { console.warn(interruption) }
    throw ExitStatus.failed.code
  }
}
