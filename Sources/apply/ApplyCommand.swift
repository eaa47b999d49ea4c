import ArgumentParser
import Reporting
import ToolSupport
import WorkloadSupport

/// The command of `apply`, which syncs declared fields into the database.
struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Syncs declared fields into a Tinyforge database: all or nothing, audited.",
    usage: "apply (--all | --workload <id|name> ...) [options]\napply <subcommand>",
    discussion: """
      Each workload is synced under its own lock and in one transaction. A sync does not deploy. \
      Exit status: 0 done or nothing to do, 1 refused by a rule, 2 failed, 3 try again later, \
      4 a saved plan no longer fits.
      """,
    version: ToolVersions.line("apply"),
    subcommands: [
      EnableCommand.self, DisableCommand.self, HistoryCommand.self, LocksCommand.self,
    ])

  @OptionGroup var workloads: WorkloadOptions
  @OptionGroup var sync: SyncOptions

  @Option(
    help: "How the result is written: \(ApplyFormat.list).", completion: ApplyFormat.completion,
    transform: ApplyFormat.named)
  var format: ApplyFormat = .text

  @OptionGroup var language: LanguageOptions

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let console = output.console
    try workloads.requireAny()
    try sync.consent.requireAnswerable()
    let rows = try workloads.read(console: console)
    let inspection = Inspection(locator: workloads.locator)
    let shown = await Fleet.inspect(rows, with: inspection, jobs: workloads.jobs)
    if sync.consent.dryRun {
      try console.print(format.document(shown, language.phrases, console))
      throw Fleet.status(of: shown).reportedOnly(output.exitZero).code
    }
    ToolVersions.warnOfWALReset(console)
    guard let consent = sync.askForConsent(to: shown, language.phrases, console: console) else {
      console.hint(language.phrases.notConfirmed)
      throw ExitStatus.findings.code
    }
    let writer = try sync.writer.writer(workloads.database, console: console)
    let runner = SyncRunner(writer: writer, inspection: inspection)
    let reports = await sync.run(shown, with: runner, consent: consent, console: console)
    try console.print(format.document(reports, language.phrases, console))
    throw SyncOptions.status(of: reports).reportedOnly(output.exitZero).code
  }
}
