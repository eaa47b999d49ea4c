import ArgumentParser
import FleetReading
import Reporting
import RunningProcess
import Syncing
import TinyforgeCore
import ToolSupport
import WorkloadOptions
import WorkloadStore

/// What both take, and do.
struct OptInOptions: ParsableArguments {
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var writer: WriterOptions

  @Option(
    help: ArgumentHelp("How the result is written (default: text).", valueName: ListFormat.choice),
    completion: ListFormat.completion,
    transform: ListFormat.named)
  var format: ListFormat = .text

  @OptionGroup var language: LanguageOptions
  @OptionGroup var output: ConsoleOptions

  func run(
    _ wish: OptInRunner.Wish, on workload: SingleWorkload,
    _ status: (ExitStatus) -> ExitStatus = { $0 }
  ) async throws {
    let console = output.console
    let reader = try database.address().open(
      patience: writer.lockTimeout.duration, hint: console.hint)
    let row = try workload.find(in: reader)
    let runner = OptInRunner(
      writer: try WorkloadWriter(reader.store, writer.settings, hint: console.hint))
    Interruption.hold()
    let report = await runner.run(wish, on: row)
    let signal = Interruption.signal
    switch format {
    case .text:
      try console.print(
        OptInText(phrases: language.phrases, style: console.output).render(report))
    case .json:
      try console.print(
        OptInJSON.render(report, isInterrupted: signal != nil), as: .json)
    }
    throw signal.map(Interruption.exitCode) ?? status(ExitStatus(report.outcome)).code
  }
}
