import ArgumentParser
import Reporting
import TinyforgeCore
import ToolSupport
import WorkloadStore
import WorkloadSupport

/// The command of `apply`, which syncs declared fields into the database.
struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Syncs declared fields into a Tinyforge database: all or nothing, audited.",
    usage: """
      apply (--all | --workload <id|name> ...) [options]
      apply <plan-file> [options]
      apply <subcommand>
      """,
    discussion: """
      Each workload is synced under its own lock and in one transaction. A sync does not deploy. \
      Exit status: 0 done or nothing to do, 1 refused by a rule, 2 failed, 3 try again later, \
      4 a saved plan no longer fits.
      """,
    version: ToolVersions.line("apply"),
    subcommands: [
      EnableCommand.self, DisableCommand.self, HistoryCommand.self, RevertCommand.self,
      LocksCommand.self,
    ])

  @Argument(help: "A plan that plan --out saved: it is applied as it is, or not at all.")
  var planFile: String?

  @OptionGroup var workloads: WorkloadOptions
  @OptionGroup var sync: SyncOptions

  @Option(
    help: "How the result is written: \(ApplyFormat.list).", completion: ApplyFormat.completion,
    transform: ApplyFormat.named)
  var format: ApplyFormat = .text

  @OptionGroup var language: LanguageOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard planFile != nil else { return }
    if !workloads.workloads.isEmpty || workloads.all || workloads.rev != nil {
      throw ValidationError(
        "a saved plan says which workloads and which commits: --workload, --all and --rev do not go "
          + "with it")
    }
  }

  func run() async throws {
    let console = output.console
    if let planFile { return try await apply(savedPlan: planFile, console) }
    try workloads.requireAny()
    try sync.consent.requireAnswerable()
    let database = try workloads.openDatabase(console: console)
    let rows = try workloads.selection.choose(from: database)
    let inspection = Inspection(locator: try workloads.locator(for: rows))
    if sync.asksNobody {
      var parts = ""
      let reports = try await sync.run(
        rows, inspection, jobs: workloads.jobs, workloads.database, database.identity,
        console: console
      ) { format.add($0, to: &parts) }
      let untried = rows.count - reports.count
      return try tell(
        reports, format.document(parts, of: reports, untried: untried, language.phrases, console),
        console)
    }
    let shown = await Fleet.inspect(
      rows, with: try sync.inspectionToShow(inspection, rows, database), jobs: workloads.jobs)
    if sync.consent.dryRun {
      try console.print(
        format.document(shown, language.phrases, console), as: format.outputForm)
      throw Fleet.status(of: shown).reportedOnly(output.exitZero).code
    }
    guard let consent = sync.askForConsent(to: shown, language.phrases, console: console) else {
      console.hint(language.phrases.notConfirmed)
      throw ExitStatus.findings.code
    }
    try await finish(
      shown.map {
        LiveSync($0, inspection: inspection, isConfirmed: consent == .toWhatWasShown)
      }, database, console)
  }

  /// Carries out the tasks, and tells what became of them.
  func finish(_ tasks: [some SyncTask], _ seen: WorkloadDatabase, _ console: Console) async throws {
    let reports = try await sync.run(
      tasks, workloads.database, seen.identity, console: console)
    let untried = tasks.count - reports.count
    try tell(
      reports, format.document(reports, untried: untried, language.phrases, console), console)
  }

  private func tell(_ reports: [WorkloadReport], _ document: String, _ console: Console) throws {
    try console.print(document, as: format.outputForm)
    throw SyncOptions.status(of: reports).reportedOnly(output.exitZero).code
  }
}
