import ArgumentParser
import DriftTracking
import Notifying
import Reporting
import RunningProcess
import TinyforgeCore
import ToolSupport
import WorkloadOptions

/// The command of `drift merge`, which joins the reports of several runners.
struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Joins the reports of several runs into one.",
    discussion: HelpText.discussion(
      examples: [
        "drift --all --shard 1/1 --format jsonl >shard-1.jsonl || true; drift merge shard-*.jsonl --format markdown"
      ],
      """
      Reads what drift wrote with --format json or jsonl; - is standard input. The exit status is that of \
      the whole, and 2 where a shard is missing or a report cannot be read; the others are joined all \
      the same.
      """, statuses: [.clean, .findings, .failed]))

  @Argument(
    help: ArgumentHelp("Reports of drift, one for each shard.", valueName: "report"),
    completion: .file())
  var files: [String]

  @OptionGroup var report: ReportOptions
  @OptionGroup(title: "Options for posting") var post: PostingOptions
  @OptionGroup(title: "Options for notifications") var notify: NotifyOptions
  @OptionGroup var network: NetworkOptions

  func validate() throws {
    try post.check(isNotifying: notify.notify)
    try notify.check(files)
  }

  func run() async throws {
    network.warnOfReadableTokens(report.console)
    let address = try notify.address(isDryRun: post.comment.dryRun, report.console)
    var reports: [(name: String, report: DriftReport)] = []
    var failures: [Failure] = []
    for file in files {
      do throws(Failure) {
        reports.append((file, try Self.read(file)))
      } catch {
        failures.append(error)
      }
    }
    if reports.isEmpty, let failure = failures.first { throw failure }
    var merge = DriftMerge()
    for (name, report) in reports { try merge.add(report, name: name) }
    var whole = merge.whole
    whole.gaps.unusableReports += failures.count
    let tracking = try ReportTracking(merging: reports, generatedAt: whole.generatedAt)
    if notify.notify, tracking == nil {
      throw Failure(
        .usage,
        "none of these reports was compared with an earlier one, so it is not known what is new",
        remedy: "make them with drift --previous FILE")
    }
    var writer = report.writer(
      for: whole.withoutWorkloads, post, areNamed: false, tracking: tracking)
    let make = writer.make
    try writer.begin()
    for workload in whole.workloads { try writer.add([make(workload)]) }
    var status = try writer.end(summary: whole.summary)
    let unread = failures.map { "\($0.message): it is left out" }
    let missing = whole.gaps.missing.isEmpty ? nil : Phrases(.en).gaps(whole.gaps)
    let gaps = unread + [missing, merge.interrupted].compactMap(\.self)
    for gap in gaps { report.console.warn(gap) }
    if !gaps.isEmpty { status = status.combined(with: .failed) }
    await report.publish(writer, post, network)
    status = status.combined(
      with: await report.send(writer, notify, to: address, post, network))
    throw report.output.status(status).code
  }

  private static func read(_ file: String) throws(Failure) -> DriftReport {
    try DriftReport(json: WholeFile.read(file, as: "the report"), name: file)
  }
}
