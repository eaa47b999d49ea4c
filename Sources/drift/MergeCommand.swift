import ArgumentParser
import Reporting
import TinyforgeCore
import ToolSupport
import WorkloadSupport

/// The command of `drift merge`, which joins the reports of several runners.
struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Joins the reports of several runs into one.",
    discussion: """
      Reads what drift wrote with --format json or jsonl; - is standard input. Exit status: that of \
      the whole, and 2 where shards are missing.
      """)

  @Argument(help: "Reports of drift, one for each shard.")
  var files: [String]

  @OptionGroup var report: ReportOptions
  @OptionGroup(title: "Options for posting") var post: PostOptions
  @OptionGroup var network: NetworkOptions

  func run() async throws {
    var merge = DriftMerge()
    for file in files {
      try merge.add(
        DriftReport(json: WholeFile.read(file, as: "the report"), name: file), name: file)
    }
    let whole = merge.whole
    var writer = report.writer(for: whole.withoutWorkloads, post)
    let make = writer.make
    try writer.begin()
    for workload in whole.workloads { try writer.add([make(workload)]) }
    var status = try writer.end(summary: whole.summary)
    for lack in [merge.missing, merge.interrupted].compactMap(\.self) {
      report.console.warn(lack)
      status = status.combined(with: .failed)
    }
    await report.publish(writer, post, network)
    throw status.reportedOnly(report.output.exitZero).code
  }
}
