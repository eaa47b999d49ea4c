import ArgumentParser
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

  /// Posts what was written, where `--post` asks for it; to the step's page too, where that has no summary yet.
  func publish(_ writer: DriftWriter, _ post: PostOptions, _ network: NetworkOptions) async {
    guard let settings = post.settings else { return }
    // The form of pipelines has its own summary.
    if format != .github, !post.dryRun {
      let page = DriftMarkdown(phrases: language.phrases)
        .render(writer.toPost, limit: DriftMarkdown.summaryLimit)
      StepSummary.append(page, console)
    }
    let poster = ReportPost(
      settings, phrases: language.phrases,
      connect: { () throws(Failure) in try network.connection() },
      hint: console.hint, warn: console.warn)
    await poster.publish(writer.toPost) { text in
      // A document for programs is alone on standard output.
      guard format == .text || file != nil, (try? console.print(text)) != nil else {
        return console.show(text)
      }
    }
  }

  /// A file is no terminal, whatever standard output is.
  var style: TextStyle {
    file == nil ? console.output : TextStyle(coloured: output.color == .always)
  }

  /// Where a run's workloads go; `report` has none yet.
  ///
  /// `areNamed`: the workloads were asked for by name, so each is listed, as those of a status that is asked for.
  func writer(for report: DriftReport, _ post: PostOptions, areNamed: Bool) -> DriftWriter {
    let listed = verbosity.listing(areNamed: areNamed || !listing.wanted.isEmpty)
    return DriftWriter(
      report, options: self, listed: listed, console: console, isPosting: post.post)
  }
}

/// What has to fail for a run to fail.
enum FailureScope: String, NamedValue { case workload, run }

/// Writes a report: part by part where its form allows that, else whole at the end.
struct DriftWriter {
  private var report: DriftReport
  private let options: ReportOptions
  /// What text and Markdown list.
  private let listed: WorkloadListing
  private let console: Console
  private let parts: (any DriftParts)?
  private var isEmpty = true
  /// Whether what a comment tells of is kept, which a stream of a fleet otherwise is not.
  private let isPosting: Bool
  /// What a comment tells of, whatever is listed.
  private var notable: [ReportedWorkload] = []
  /// What goes into a file once it is whole.
  private var held: [UInt8] = []
  /// A pipeline may print the file into its log.
  private var fileGuard = CommandGuard()

  init(
    _ report: DriftReport, options: ReportOptions, listed: WorkloadListing, console: Console,
    isPosting: Bool
  ) {
    self.listed = listed
    self.report = report
    self.isPosting = isPosting
    self.options = options
    self.console = console
    parts = options.format.parts(options.language.phrases, options.style, listed)
  }

  /// A workload, and how it is written where that is done part by part; made beside the reading.
  struct Part: Sendable {
    var workload: ReportedWorkload
    var text: String?
  }

  /// Makes parts, for readers that work in parallel.
  var make: @Sendable (ReportedWorkload) -> Part {
    { [parts, listing = options.listing] workload in
      let text = listing.lists(workload) ? parts?.workload(workload) : nil
      return Part(workload: workload, text: text)
    }
  }

  mutating func begin() throws(Failure) {
    guard let parts else { return }
    if isStreamed { Interruption.hold() }
    try put(parts.opening(report))
  }

  mutating func add(_ ready: [Part]) throws(Failure) {
    var text = ""
    for part in ready {
      report.summary.add(part.workload)
      if isPosting, part.workload.isNotable { notable.append(part.workload) }
      guard options.listing.lists(part.workload) else { continue }
      guard let parts, let own = part.text else {
        report.workloads.append(part.workload)
        continue
      }
      text += parts.separator(isFirst: isEmpty) + own
      isEmpty = false
    }
    if !text.isEmpty { try put(text) }
  }

  /// Ends the report of a run that a signal ended, and says so in every form; in one that cannot say it, nothing is written.
  ///
  /// `all` workloads were chosen; `next` is one that was not looked at.
  mutating func interrupt(of all: Int, next: Workload?) throws(Failure) {
    report.isInterrupted = true
    report.missed = all - report.summary.workloads
    if parts == nil {
      // An alert on what is missing is better than one on what half a run measured.
      if options.format == .prometheus { return }
      if options.format.tellsInterruptionAsWorkload, report.missed > 0 || all == 0 {
        report.workloads.append(missed(of: all, next))
      }
    }
    _ = try end()
  }

  /// What stands for the workloads that were not looked at, where a form has no other word for it.
  private func missed(of all: Int, _ next: Workload?) -> ReportedWorkload {
    ReportedWorkload(
      id: next?.id ?? "-", name: next?.name ?? "", sourceKind: next?.sourceKind ?? "",
      status: .fetchFailed,
      message: options.language.phrases.interrupted(report.missed, of: all))
  }

  /// How many workloads were added.
  var count: Int { report.summary.workloads }

  /// What was begun on standard output is ended, whatever comes.
  private var isStreamed: Bool { parts != nil && options.file == nil }

  /// Ends the report, and tells what it comes to; a signal that was noted meanwhile then ends the process.
  ///
  /// `summary` stands for the counts of what was added, which knows less than a merged report.
  mutating func end(summary: DriftSummary? = nil) throws(Failure) -> ExitStatus {
    if let summary { report.summary = summary }
    if let parts {
      try put(parts.closing(report, isEmpty: isEmpty))
    } else {
      let phrases = options.language.phrases
      try put(options.format.document(report, phrases, options.style, listed))
      StepSummary.append(options.format.stepSummary(report, phrases), console)
    }
    if let file = options.file {
      try WholeFile.replace(file, with: held, as: "the report", forOthers: true)
    }
    if isStreamed { Interruption.release() }
    return ExitStatus(report.summary, unreadFailsRun: options.failOn == .workload)
  }

  /// The report as it is posted: with the workloads that there is something to say of.
  var toPost: DriftReport {
    var whole = report
    whole.workloads = notable
    return whole
  }

  private mutating func put(_ text: String) throws(Failure) {
    let form = options.format.outputForm
    guard options.file == nil else { return held += fileGuard.guarded(text, as: form).utf8 }
    try console.print(text, as: form)
  }
}

extension ReportedWorkload {
  /// Whether there is something to do about it, or to know of it.
  fileprivate var isNotable: Bool {
    hasFindings || status == .fetchFailed || !notes.isEmpty
  }
}
