import ArgumentParser
import FleetReading
import FleetReporting
import Posting
import Reporting
import RunningProcess
import Syncing
import TinyforgeCore
import ToolSupport
import WorkloadOptions
import WorkloadStore

/// The command of `plan`, which shows what a sync would change.
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
        "drift --all --snapshot live.json; plan shop --live live.json  # where the database must not be seen",
        "plan shop --post --post-to https://git.example.org/acme/shop/pulls/7 --dry-run",
        "plan export shop               # the spec of what is live",
        "plan doctor                    # check database, mirrors, tokens and clock",
      ],
      """
      Nothing is written but the plan of --out and the comment of --post. Once a plan is saved, the exit status is 0.

      SIGTERM, SIGINT and SIGHUP end the run: what was done by then is reported, no plan is saved or posted, and the exit status \
      is 143, 130 or 129.
      """, statuses: [.clean, .findings, .failed, .busy]),
    version: ToolVersions.line("plan"), subcommands: [ExportCommand.self, DoctorCommand.self])

  @OptionGroup var operands: WorkloadOperands
  @OptionGroup var options: WorkloadOptions
  @OptionGroup var emptiness: EmptySelectionOptions

  @Option(
    help: ArgumentHelp(
      "Plan by a snapshot's live values instead of a database's (drift --snapshot writes one).",
      valueName: "file"),
    completion: .file())
  var live: String?

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
  @OptionGroup(title: "Options for posting") var post: PostOptions

  init() {}

  init(_ line: inout DirectLine) {
    options = WorkloadOptions(&line)
    emptiness = EmptySelectionOptions(&line)
    live = line.value("--live")
    out = line.value("--out")
    format = line.value("--format", PlanFormat.init(rawValue:)) ?? .text
    verbosity = VerboseOptions(&line)
    language = LanguageOptions(&line)
    output = OutputOptions(&line)
    post = PostOptions(&line)
    operands = WorkloadOperands(&line)
  }

  /// The options with the workloads that were named without one.
  var workloads: WorkloadOptions { options.adding(operands.names) }

  func validate() throws {
    try workloads.validate()
    try post.check(isPosting: post.post)
    guard live == nil || out == nil else {
      throw ValidationError(
        "a saved plan pins the whole live config, which a snapshot does not hold: --live and --out exclude each other"
      )
    }
    if live != nil, options.serverName != nil { throw ServerName.refusedBySnapshot }
    guard out != "-" else {
      throw ValidationError(
        "a saved plan is a file of its own, and standard output holds the report: name a file, or "
          + "./- for one of that name")
    }
  }

  /// The workloads, and what is known of them beside their rows.
  private struct Chosen {
    var rows: [Workload]
    /// The workloads that have volumes, as far as the database says.
    var volumeOwners: Set<WorkloadKey> = []
    /// Fields that a snapshot leaves out.
    var withheld: [WorkloadKey: [String]] = [:]
    /// The names of the servers that the rows are of.
    var servers: [String]
    /// When the live values were taken, where they are a snapshot's.
    var takenAt: String?
  }

  private func choose(_ console: Console) throws(Failure) -> Chosen {
    try workloads.requireAny()
    if let live {
      let snapshot = try SnapshotFile.read(live, hint: console.hint)
      let rows = try workloads.selection.choose(
        among: snapshot.workloads.map(\.workload), of: .snapshot)
      return Chosen(
        rows: rows, volumeOwners: snapshot.volumeOwners, withheld: snapshot.withheld,
        servers: snapshot.servers, takenAt: snapshot.takenAt)
    }
    let databases = try FleetDatabases(workloads.addresses(), hint: console.hint)
    return Chosen(
      rows: try workloads.selection.choose(from: databases),
      volumeOwners: try databases.volumeOwners(), servers: databases.servers)
  }

  private func inspection(of chosen: Chosen) throws(Failure) -> Inspection {
    Inspection(
      locator: try workloads.specPlaces().locator(for: chosen.rows, tokenOwners: post.tokenOwners),
      withheld: chosen.withheld, volumeOwners: chosen.volumeOwners,
      linksSpecs: format.linksSpecs || post.post)
  }

  func run() async throws {
    let console = output.console
    workloads.specs.fetching.network.warnOfReadableTokens(console)
    let chosen: Chosen
    do throws(Failure) { chosen = try choose(console) } catch {
      throw Self.hintingAtPlan(error, operands.names)
        ?? error.hinting(at: Self.self, for: operands.names)
    }
    let rows = chosen.rows
    try emptiness.check(rows)
    let reports = await Fleet.inspect(
      rows, with: try inspection(of: chosen), jobs: workloads.jobs)
    var plan = PlanReport(
      workloads: reports, generatedAt: UTCTime.rfc3339(Environment.now),
      snapshotTakenAt: chosen.takenAt)
    plan.servers = chosen.servers
    if Interruption.isRequested {
      plan.missed = rows.count - reports.count
      return try end(plan)
    }
    try print(plan)
    if let out {
      try PlanFile.save(reports, to: out, of: workloads.addresses())
      console.hint(savedHint(reports, out))
    }
    await publish(plan)
    // A saved plan is applied next: plan --out FILE && apply FILE.
    if out != nil { throw ExitStatus.clean.code }
    throw output.status(ExitStatus(inspected: reports)).code
  }

  /// What can be done with the saved plan.
  private func savedHint(_ reports: [WorkloadReport], _ file: String) -> String {
    reports.contains { $0.plan?.changes.isEmpty == false }
      ? language.phrases.savedPlan("\(ShellWord(file))\(workloads.databaseWords)")
      : language.phrases.savedEmptyPlan
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

  private func print(_ plan: PlanReport) throws(Failure) {
    let listing = verbosity.listing(areNamed: !workloads.all)
    try output.console.print(
      format.document(plan, language.phrases, output.console, listing), as: format.outputForm)
    StepSummary.append(format.stepSummary(plan, language.phrases), output.console)
  }

  /// Posts the plan, where `--post` asks for it.
  private func publish(_ plan: PlanReport) async {
    guard post.post else { return }
    // The plan is written: posting it may end at any time.
    Interruption.release()
    let phrases = language.phrases
    await post.publish(
      PostedReport(plan, lead: PlanLead.sentence(plan, phrases), phrases: phrases),
      workloads.specs.fetching.network, phrases: phrases, output.console,
      hasSummary: format == .github, isShownWithReport: format == .text)
  }

  func reportNothing() throws {
    try end(
      PlanReport(workloads: [], generatedAt: UTCTime.rfc3339(Environment.now), missed: 0))
  }

  /// Ends the report of a run that a signal ended.
  private func end(_ plan: PlanReport) throws {
    try print(plan)
    if format != .text, let missed = plan.missed {
      output.console.warn(
        language.phrases.interrupted(missed, of: plan.workloads.count + missed))
    }
    throw ExitStatus.failed.code
  }
}
