import ArgumentParser
import Reporting
import ToolSupport
import WorkloadSupport

/// The command of `apply`, which syncs declared fields into the database.
struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Syncs declared fields into a Tinyforge database: all or nothing, audited.",
    discussion: """
      Each workload is synced under its own lock and in one transaction. A sync does not deploy. \
      Exit status: 0 done or nothing to do, 1 refused by a rule, 2 failed, 3 try again later.
      """,
    version: ToolVersions.line("apply"))

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
    try sync.requireConsent()
    let rows = try workloads.read(console: console)
    let inspection = Inspection(locator: workloads.locator)
    let shown = await Fleet.inspect(rows, with: inspection, jobs: workloads.jobs)
    if sync.dryRun {
      try console.print(format.document(shown, language.phrases, console))
      throw Fleet.status(of: shown).reportedOnly(output.exitZero).code
    }
    ToolVersions.warnOfWALReset(console)
    guard let consent = sync.askForConsent(to: shown, language.phrases, console: console) else {
      console.hint(language.phrases.notConfirmed)
      throw ExitStatus.findings.code
    }
    let runner = try sync.runner(workloads, inspection: inspection, console: console)
    let reports = await sync.run(shown, with: runner, consent: consent, console: console)
    try console.print(format.document(reports, language.phrases, console))
    throw SyncOptions.status(of: reports).reportedOnly(output.exitZero).code
  }
}
