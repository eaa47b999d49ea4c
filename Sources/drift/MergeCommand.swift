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
    let (reports, failures) = scanned()
    if reports.isEmpty, let failure = failures.first { throw failure }
    let merge = try DriftMerge(reports)
    var whole = merge.frame
    whole.gaps.unusableReports += failures.count
    let tracking = ReportTracking(joined: merge.changes, generatedAt: whole.generatedAt)
    if notify.notify, tracking == nil {
      throw Failure(
        .usage,
        "none of these reports was compared with an earlier one, so it is not known what is new",
        remedy: "make them with drift --previous FILE")
    }
    var writer = report.writer(
      for: whole.withoutWorkloads, post, areNamed: false, tracking: tracking)
    var status = try write(merge.workloads(), of: whole.summary, to: &writer)
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

  /// Reads each report once; what cannot be read, or is not whole, is a failure.
  private func scanned() -> ([ScannedReport], [Failure]) {
    // Standard input, and pipes, one after the other.
    let inputs = files.map { file in
      Result { () throws(Failure) in
        (name: file, bytes: try InputFile(file, as: "the report").stored())
      }
    }
    let scans = inputs.mapPortions(of: 1) { portion in
      portion.map { input in
        input.flatMap { input in
          Result { () throws(Failure) in try ScannedReport(input.bytes, name: input.name) }
        }
      }
    }.flatMap(\.self)
    return (scans.compactMap { try? $0.get() }, scans.compactMap(\.failure))
  }

  /// Writes all workloads, of which a few are held at a time.
  private func write(
    _ workloads: MergedWorkloads, of summary: DriftSummary, to writer: inout DriftReportWriter
  ) throws -> ExitStatus {
    var workloads = workloads
    let make = writer.make
    try writer.begin()
    while case let batch = try workloads.next(upTo: 256), !batch.isEmpty {
      let parts = batch.mapPortions(of: 64) { $0.map(make) }
      try writer.add(parts.flatMap(\.self))
      if Interruption.isRequested {
        try writer.interrupt(of: summary.workloads, next: nil)
        throw ExitStatus.failed.code
      }
    }
    return try writer.end(summary: summary)
  }
}

extension Result {
  fileprivate var failure: Failure? {
    guard case .failure(let failure) = self else { return nil }
    return failure
  }
}
