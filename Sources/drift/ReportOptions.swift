import ArgumentParser
import DriftTracking
import Notifying
import Posting
import Reporting
import RunningProcess
import TinyforgeCore
import ToolSupport
import WorkloadOptions

/// How a report is written.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("How the report is written (default: text).", valueName: DriftFormat.choice),
    completion: DriftFormat.completion,
    transform: DriftFormat.named)
  var format: DriftFormat = .text

  @Option(
    name: .customLong("output"),
    help: ArgumentHelp(
      "Write the report to this file, which is replaced in one step, and nothing to standard output.",
      valueName: "file"), completion: .file())
  var file: String?

  @Option(
    help: ArgumentHelp(
      "What ends the run in 2: workload, one that cannot be read; or run, the run itself alone, and such a "
        + "workload is a finding (1; default: workload).", valueName: FailureScope.choice),
    completion: FailureScope.completion, transform: FailureScope.named)
  var failOn = FailureScope.workload

  @OptionGroup var listing: ListingOptions

  @OptionGroup var verbosity: VerboseOptions

  @OptionGroup var language: LanguageOptions

  @OptionGroup var output: OutputOptions

  init() {}

  /// The options of a line that is read directly.
  init(_ line: inout DirectLine) {
    format = line.value("--format", DriftFormat.init(rawValue:)) ?? .text
    file = line.value("--output")
    failOn = line.value("--fail-on", FailureScope.init(rawValue:)) ?? .workload
    listing = ListingOptions(&line)
    verbosity = VerboseOptions(&line)
    language = LanguageOptions(&line)
    output = OutputOptions(&line)
  }

  var console: Console { output.console }

  /// Posts what was written, where `--post` asks for it.
  func publish(_ writer: DriftReportWriter, _ post: PostingOptions, _ network: NetworkOptions) async
  {
    // The form of pipelines has its own summary, and a document for programs is alone on standard output.
    await post.publish(
      writer.toPost, network, phrases: language.phrases, console,
      hasSummary: format == .github, isShownWithReport: format == .text || file != nil)
  }

  /// Notifies of what is news in a report that was written, where `--notify` asks for it.
  func send(
    _ writer: DriftReportWriter, _ notify: NotifyOptions, to address: NotificationAddress?,
    _ post: PostingOptions, _ network: NetworkOptions
  ) async -> ExitStatus {
    guard notify.notify, let changes = writer.changes else { return .clean }
    return await notify.send(
      DriftNotification(changes, generatedAt: writer.generatedAt), to: address, network,
      isDryRun: post.comment.dryRun, language.phrases, console,
      isShownWithReport: format == .text || file != nil)
  }

  /// A file is not a terminal, whatever standard output is.
  var style: TextStyle {
    file == nil ? console.output : TextStyle(coloured: output.color == .always)
  }

  /// Where a run's workloads go; `report` has none yet.
  ///
  /// `areNamed`: the workloads were asked for by name, so each is listed, as those of a status that is asked for.
  func writer(
    for report: DriftReport, _ post: PostingOptions, areNamed: Bool, tracking: ReportTracking?
  ) -> DriftReportWriter {
    let listed = verbosity.listing(areNamed: areNamed || !listing.wanted.isEmpty)
    return DriftReportWriter(
      report, options: self, listed: listed, console: console, isPosting: post.isPosting,
      tracking: tracking)
  }
}

/// What has to fail for a run to fail.
enum FailureScope: String, NamedValue { case workload, run }
