import ArgumentParser
import FleetReading
import Reporting
import TinyforgeCore
import ToolSupport
import WorkloadOptions
import WorkloadStore

/// `apply history`, which lists who synced what, when and from where.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Lists syncs, reverts and opt-ins from the event log, the latest first.",
    discussion: HelpText.discussion(
      examples: [
        "apply history            # of all workloads",
        "apply history shop -n 5  # the latest five of one",
      ],
      """
      Rows of the server's own syncs name the server. Where the log holds no sync of a workload (the last one changed no \
      value, or the log was pruned), the last sync that the workload's row records is listed without a number.
      """, statuses: [.clean, .failed, .busy]))

  @Argument(
    help: "The workload, by id or name (default: all).", completion: WorkloadCompletion.kind)
  var workload: String?

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("List the latest ones alone.", valueName: "number"))
  var limit: Int?

  @OptionGroup var database: DatabaseOptions

  @Option(
    help: ArgumentHelp("How the list is written (default: text).", valueName: ListFormat.choice),
    completion: ListFormat.completion,
    transform: ListFormat.named)
  var format: ListFormat = .text

  @OptionGroup var language: LanguageOptions
  @OptionGroup var output: ConsoleOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
  }

  func run() throws {
    let console = output.console
    let history = try History.read(
      workload,
      from: WorkloadDatabase.openForReading(database.path(), hint: console.hint), limit: limit)
    switch format {
    case .text:
      let text = HistoryText(phrases: language.phrases, style: console.output)
      try console.print(
        text.render(history.entries, names: history.names, hasLog: history.hasLog))
    case .json:
      try console.print(
        HistoryJSON.render(history.entries, names: history.names), as: .json)
    }
  }
}
