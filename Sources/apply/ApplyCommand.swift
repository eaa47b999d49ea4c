import ArgumentParser
import FleetReading
import Reporting
import RunningProcess
import Syncing
import TinyforgeCore
import ToolSupport
import WorkloadOptions
import WorkloadStore

/// The command of `apply`, which syncs declared fields into the database.
struct ApplyCommand: DirectCommand, AsyncParsableCommand, ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Syncs declared fields into a Tinyforge database: all or nothing, audited.",
    usage: """
      apply (--all | <workload> ...) [options]
      apply <plan-file> [options]
      apply <subcommand>
      """,
    discussion: HelpText.discussion(
      examples: [
        "apply shop --dry-run         # look only",
        "apply shop --yes             # without asking",
        "apply --all --yes --keep-going",
        "plan shop --out shop.plan && apply shop.plan   # exactly what was reviewed",
        "apply history shop           # who changed what, when, from which commit",
        "apply revert shop --yes      # the values before the last sync",
      ],
      """
      Each workload is synced under its own lock and in one transaction. A sync does not deploy. Without \
      --yes it shows the changes and asks; any answer but yes changes nothing and ends with 1, as does --dry-run \
      where changes are pending.

      SIGTERM, SIGINT and SIGHUP finish the transaction in hand or undo it, print the report of what \
      was done, and end with 143, 130 or 129. A second signal ends apply at once.
      """, statuses: [.clean, .findings, .failed, .busy, .stalePlan]),
    version: ToolVersions.line("apply"),
    subcommands: [
      EnableCommand.self, DisableCommand.self, HistoryCommand.self, RevertCommand.self,
      LocksCommand.self,
    ])

  @Argument(
    help: ArgumentHelp(
      "Workloads, by id or name, or a plan that plan --out saved: it is applied as it is, or not at all.",
      valueName: "workload|plan-file"), completion: .file())
  var operands: [String] = []

  @OptionGroup var options: WorkloadOptions
  @OptionGroup var emptiness: EmptySelectionOptions
  @OptionGroup var sync: SyncOptions

  @Option(
    help: ArgumentHelp("How the result is written (default: text).", valueName: ApplyFormat.choice),
    completion: ApplyFormat.completion,
    transform: ApplyFormat.named)
  var format: ApplyFormat = .text

  @OptionGroup var verbosity: VerboseOptions
  @OptionGroup var language: LanguageOptions

  @OptionGroup var output: OutputOptions

  init() {}

  init(_ line: inout DirectLine) {
    options = WorkloadOptions(&line)
    emptiness = EmptySelectionOptions(&line)
    sync = SyncOptions(&line)
    format = line.value("--format", ApplyFormat.init(rawValue:)) ?? .text
    verbosity = VerboseOptions(&line)
    language = LanguageOptions(&line)
    output = OutputOptions(&line)
    operands = line.operands()
  }

  /// The options with the workloads that were named without one.
  var workloads: WorkloadOptions { options.adding(operands) }

  /// What the text lists: a plan's workloads are as many as those of --all.
  var listing: WorkloadListing {
    verbosity.listing(areNamed: planFile == nil && !workloads.all)
  }

  func validate() throws { if planFile == nil { try workloads.validate() } }

  func run() async throws {
    let console = output.console
    workloads.specs.fetching.network.warnOfReadableTokens(console)
    if let planFile { return try await apply(savedPlan: planFile, console) }
    let databases: FleetDatabases
    let rows: [Workload]
    do throws(Failure) {
      try workloads.requireAny()
      databases = try openDatabases(console)
      rows = try workloads.selection.choose(from: databases)
    } catch {
      throw error.hinting(at: Self.self, for: operands)
    }
    try emptiness.check(rows)
    let inspection = Inspection(
      locator: try workloads.specPlaces().locator(for: rows),
      volumeOwners: try databases.volumeOwners())
    if sync.asksNobody {
      var writer = reportWriter(console)
      let done = try await runner(databases, console).run(
        rows, inspecting: inspection, jobs: workloads.jobs
      ) { writer.add($0) }
      return try end(&writer, done, of: rows.count)
    }
    let shown = await Fleet.inspect(
      rows, with: try inspectionToShow(inspection, rows, databases), jobs: workloads.jobs)
    if sync.consent.dryRun || Interruption.isRequested {
      return try preview(shown, of: rows.count, console)
    }
    guard let consent = try askForConsent(to: shown, console) else {
      if Interruption.isRequested { return try preview([], of: rows.count, console) }
      console.hint(language.phrases.notConfirmed)
      throw ExitStatus.notConfirmed.code
    }
    try await finish(
      shown.map {
        LiveSync($0, inspection: inspection, isConfirmed: consent == .toWhatWasShown)
      }, databases, console)
  }

  private func reportWriter(_ console: Console) -> ApplyReportWriter {
    ApplyReportWriter(
      format, language.phrases, console, listing, servers: options.servers)
  }

  /// Opens the databases for reading.
  func openDatabases(_ console: Console) throws(Failure) -> FleetDatabases {
    let addresses = try options.addresses()
    guard addresses.count < 2 || !sync.atomic else {
      throw Failure(
        .usage, "one transaction is in one database, and --atomic is given with \(addresses.count)",
        remedy: "run apply --atomic once for each, with one --db; or leave out --atomic")
    }
    let databases = try FleetDatabases(
      addresses, patience: sync.writer.lockTimeout.duration, hint: console.hint)
    // Before anything is shown and asked.
    if !sync.consent.dryRun { try sync.writer.settings.requireOriginals(databases) }
    return databases
  }

  /// What syncs the workloads of databases that were read.
  private func runner(_ databases: FleetDatabases, _ console: Console) -> SyncRunner {
    let settings = sync.writer.settings
    return SyncRunner(sync.mode, author: settings.author, isOfSeveral: databases.areSeveral) {
      (server) throws(Failure) in
      try WorkloadWriter(databases, of: server, settings, hint: console.hint)
    }
  }

  func reportNothing() throws { try preview([], of: 0, output.console) }

  /// Tells what would become of workloads.
  func preview(_ seen: [WorkloadReport], of all: Int, _ console: Console) throws {
    let reports = SyncEngine.preview(seen, isAtomic: sync.atomic)
    var writer = reportWriter(console)
    writer.add(reports)
    throw try writer.end(
      reports, untried: all - reports.count,
      status: output.status(ExitStatus(previewed: reports)))
  }

  /// Carries out the tasks, and reports what became of them.
  func finish(_ tasks: [some SyncTask], _ seen: FleetDatabases, _ console: Console) async throws {
    var writer = reportWriter(console)
    let done = try await runner(seen, console).run(tasks) { writer.add($0) }
    try end(&writer, done, of: tasks.count)
  }

  private func end(_ writer: inout ApplyReportWriter, _ done: SyncRun, of all: Int) throws {
    let rest = all - done.reports.count
    if rest > 0, !Interruption.isRequested {
      output.console.warn(
        "\(rest) of \(all) workloads \(rest == 1 ? "was" : "were") not tried after this one; "
          + "--keep-going goes on")
    }
    throw try writer.end(
      done.reports, untried: rest, replacement: done.replacement,
      status: output.status(ExitStatus(synced: done.reports, done.replacement)))
  }
}
