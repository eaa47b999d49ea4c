import ArgumentParser
import Reporting
import TinyforgeCore
import ToolSupport
import WorkloadStore
import WorkloadSupport

/// `apply revert`, which puts back the values before a workload's last sync.
struct RevertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revert", abstract: "Puts back the values before a workload's last sync.",
    discussion: """
      Under the same lock and checks as a sync, with a row in the event log. Refused where a live \
      value was changed since the sync, unless --force is given. Nothing is deployed, and the spec \
      stays as it is: the next sync would set its values again.
      """)

  @OptionGroup var workload: SingleWorkload

  @Option(
    help: ArgumentHelp(
      "Undo the sync of that row of the event log instead of the last one.", valueName: "id"))
  var event: Int64?

  @Flag(help: "Put the values back even where live ones were changed since the sync.")
  var force = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var consent: ConsentOptions
  @OptionGroup var writer: WriterOptions

  @Option(
    help: "How the result is written: \(ListFormat.list).", completion: ListFormat.completion,
    transform: ListFormat.named)
  var format: ListFormat = .text

  @OptionGroup var language: LanguageOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let console = output.console
    try consent.requireAnswerable()
    let reader = try database.openForReading(
      console: console, patience: writer.lockTimeout.duration)
    let row = try workload.find(in: reader)
    Interruption.hold()
    let choice = try Revert.choose(row, event: event, isForced: force, from: reader)
    guard case .task(let revert) = choice, let shown = try revert.lookAhead(reader) else {
      return try finish(choice.report, console)
    }
    if consent.dryRun || shown.outcome != nil { return try finish(shown, console) }
    guard consent.isGiven(question(shown, console), console: console) else {
      if let signal = Interruption.signal { throw Interruption.exitCode(of: signal) }
      console.hint(language.phrases.notConfirmed)
      throw ExitStatus.findings.code
    }
    let engine = SyncEngine(writer: try writer.writer(database, reader.identity, console: console))
    let task = consent.yes ? revert : revert.confirmed(as: shown)
    try finish(await engine.run(task), console)
  }

  private func question(_ shown: WorkloadReport, _ console: Console) -> String {
    SyncQuestion(phrases: language.phrases, style: console.error, columns: Console.columns)
      .render(revert: shown)
  }

  private func finish(_ report: WorkloadReport, _ console: Console) throws {
    let signal = Interruption.signal
    switch format {
    case .text:
      try console.print(
        RevertText(phrases: language.phrases, style: console.output).render(report))
    case .json:
      try console.print(
        RevertJSON.render(report, isInterrupted: signal != nil), as: .json)
    }
    let status = report.outcome.map(ExitStatus.init) ?? .findings
    throw signal.map(Interruption.exitCode) ?? status.reportedOnly(output.exitZero).code
  }
}
