import ArgumentParser
import FleetReading
import Reporting
import RunningProcess
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
        "apply history --since 7d # of the last seven days",
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

  @Option(
    help: ArgumentHelp(
      "List what was done since then: a span such as 12h or 7d before now, a day such as 2026-11-01 (UTC), or an "
        + "RFC 3339 time.", valueName: "time"),
    transform: Self.time)
  var since: PastTime?

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
    // What is written is ended as a whole.
    Interruption.hold()
    let console = output.console
    let history = try History(
      workload,
      of: database.address().open(hint: console.hint),
      since: since?.seconds(now: Environment.now))
    var writer = HistoryWriter(format, history, language.phrases, console)
    var left = limit ?? .max
    try history.forEach { (entry) throws(Failure) in
      if Interruption.isRequested { return false }
      try writer.add(entry)
      left -= 1
      return left > 0 && writer.isRead
    }
    let signal = Interruption.signal
    try writer.end(
      HistoryEnding(
        hasLog: history.hasLog, isSince: since != nil, isInterrupted: signal != nil))
    if let signal { throw Interruption.exitCode(of: signal) }
  }

  private static func time(_ word: String) throws(ValidationError) -> PastTime {
    if let time = PastTime(word) { return time }
    throw ValidationError(
      "\"\(word.shownSafely)\" is not a time: write a span such as 7d or 12h, a day such as 2026-11-01, or "
        + "2026-11-01T12:00:00Z")
  }
}
