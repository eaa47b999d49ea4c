import ArgumentParser
import Reporting
import TinyforgeCore
import ToolSupport
import WorkloadSupport

/// The command of `drift`, which tells what differs from the live config.
struct DriftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Says which declared fields differ from the live config in a Tinyforge database.",
    discussion: """
      Nothing is written. Fields that a spec leaves out are never compared. Exit status: 0 no \
      drift, 1 drift or an invalid or absent spec, 2 could not look, 3 try again later.
      """,
    version: ToolVersions.line("drift"))

  @OptionGroup var workloads: WorkloadOptions

  @Option(
    help: "How the report is written: \(DriftFormat.list).", completion: DriftFormat.completion,
    transform: DriftFormat.named)
  var format: DriftFormat = .text

  @OptionGroup var language: LanguageOptions

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let console = output.console
    let database = try workloads.openDatabase(console: console)
    let rows = try workloads.selection.choose(from: database)
    let origins = OriginSearch(
      audit: try SyncAuditIndex(database, of: rows), historyLimit: 10_000)
    let reports = await Fleet.inspect(
      rows, with: Inspection(locator: workloads.locator, origins: origins), jobs: workloads.jobs)
    let report = DriftReport(
      workloads: reports.map { ReportedWorkload($0) },
      generatedAt: UTCTime.rfc3339(Environment.now))
    try console.print(format.document(report, language.phrases, console))
    StepSummary.append(format.stepSummary(report, language.phrases), console)
    throw Fleet.status(of: reports).reportedOnly(output.exitZero).code
  }
}
