import DriftTracking
import FleetReporting
import Posting
import Reporting
import RunningProcess
import TinyforgeCore
import ToolSupport
import WorkloadOptions

/// Writes a report: part by part where its form allows that, else whole at the end.
struct DriftReportWriter {
  private var report: DriftReport
  private let options: ReportOptions
  /// What text and Markdown list.
  private let listed: WorkloadListing
  private let console: Console
  private let parts: (any DriftParts)?
  private var isEmpty = true
  /// The workloads that a comment shows, whatever is listed; nil where nothing is posted.
  private var posted: MarkdownShortlist?
  /// The workloads that Markdown shows; nil for another form.
  private var shown: MarkdownShortlist?
  /// What the run is compared with; nil where that is nothing.
  private let tracking: ReportTracking?
  /// What was found so far against an earlier report.
  private var comparison: DriftComparison?
  /// What goes into a file once it is whole.
  private let held = Spool()
  /// A pipeline may print the file into its log.
  private var fileGuard = CommandGuard()

  init(
    _ report: DriftReport, options: ReportOptions, listed: WorkloadListing, console: Console,
    isPosting: Bool, tracking: ReportTracking? = nil
  ) {
    self.tracking = tracking
    comparison = tracking?.comparison
    self.listed = listed
    self.report = report
    let phrases = options.language.phrases
    if isPosting {
      posted = MarkdownShortlist(
        DriftMarkdown(phrases: phrases), limit: DriftMarkdown.summaryLimit)
    }
    if options.format == .markdown {
      shown = MarkdownShortlist(
        DriftMarkdown(phrases: phrases, listing: listed), limit: DriftMarkdown.usualLimit)
    }
    self.options = options
    self.console = console
    parts = options.format.parts(options.language.phrases, options.style, listed)
  }

  /// A workload, and how it is written where that is done part by part; made beside the reading.
  ///
  /// A class, for it is large, and handed on several times on its way to the writer.
  final class Part: Sendable {
    let workload: ReportedWorkload
    let text: String?
    /// The workload with the ages of all its drift; nil without an earlier report.
    let tracked: ReportedWorkload?

    init(_ workload: ReportedWorkload, text: String?, tracked: ReportedWorkload? = nil) {
      (self.workload, self.text, self.tracked) = (workload, text, tracked)
    }
  }

  /// Makes parts, for readers that work in parallel.
  var make: @Sendable (ReportedWorkload) -> Part {
    guard let tracking else {
      return { [parts, listing = options.listing] workload in
        let text = listing.lists(workload) ? parts?.workload(workload) : nil
        return Part(workload, text: text)
      }
    }
    // JSON has all drift, for the next run to know; everything else has what counts.
    return { [parts, listing = options.listing, isJSON = options.format.isJSON] workload in
      let tracked = tracking.dated(workload)
      let counted = tracked.withCountedDrift
      let text = listing.lists(counted) ? parts?.workload(isJSON ? tracked : counted) : nil
      return Part(counted, text: text, tracked: tracked)
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
      if let tracked = part.tracked { comparison?.add(tracked) }
      posted?.add(part.workload.withoutAges)
      guard options.listing.lists(part.workload) else { continue }
      guard let parts, let own = part.text else {
        keep(part.workload)
        continue
      }
      text += parts.separator(isFirst: isEmpty) + own
      isEmpty = false
    }
    if !text.isEmpty { try put(text) }
  }

  /// Keeps a workload for a form that is written as a whole.
  private mutating func keep(_ workload: ReportedWorkload) {
    if shown == nil { report.workloads.append(workload) } else { shown?.add(workload) }
  }

  /// Ends the report of a run that a signal ended, and says so in every form; in one that cannot say it, nothing is written.
  ///
  /// `all` workloads were chosen; `next` is one that was not inspected.
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

  /// The entry for the workloads that were not inspected, in formats without a field for it.
  private func missed(of all: Int, _ next: Workload?) -> ReportedWorkload {
    ReportedWorkload(
      id: next?.id ?? "-", name: next?.name ?? "", sourceKind: next?.sourceKind ?? "",
      status: .fetchFailed,
      message: options.language.phrases.interrupted(report.missed, of: all), server: next?.server)
  }

  /// When the run looked.
  var generatedAt: String { report.generatedAt }

  /// How many workloads were added.
  var count: Int { report.summary.workloads }

  /// What was begun on standard output is ended, whatever comes.
  private var isStreamed: Bool { parts != nil && options.file == nil }

  /// Ends the comparison with an earlier report: see ``DriftComparison/finish(isGone:)``.
  mutating func finishComparison(isGone: (WorkloadKey) -> Bool) {
    comparison?.finish(isGone: isGone)
  }

  /// What was found against an earlier report; nil where there was none to compare with.
  var changes: DriftChanges? { comparison?.changes ?? tracking?.merged }

  /// Ends the report, and returns its status; a signal that was noted meanwhile then ends the process.
  ///
  /// `summary` replaces the counts of what was added: a merged report knows more.
  mutating func end(summary: DriftSummary? = nil) throws(Failure) -> ExitStatus {
    if let summary { report.summary = summary }
    let changes = changes
    if options.format.isJSON { report.previous = changes?.json }
    if let parts {
      if let changes, options.format == .text {
        try put(DriftChangesText.text(changes, options.language.phrases, options.style))
      }
      try put(parts.closing(report, isEmpty: isEmpty))
    } else {
      let phrases = options.language.phrases
      if let shown { report = shown.listed(in: report) }
      try put(options.format.document(report, changes, phrases, options.style, listed))
      StepSummary.append(options.format.stepSummary(report, phrases), console)
    }
    if let file = options.file {
      try WholeFile.replace(file, with: held.stored(), as: "the report", forOthers: true)
    }
    if isStreamed { Interruption.release() }
    return ExitStatus(report.summary, unreadFailsRun: options.failOn == .workload)
  }

  /// The report as it is posted: with the workloads that there is something to say of.
  var toPost: DriftReport { posted?.listed(in: report) ?? report }

  private mutating func put(_ text: String) throws(Failure) {
    let form = options.format.outputForm
    guard options.file == nil else { return try held.add(fileGuard.guarded(text, as: form).utf8) }
    try console.print(text, as: form)
  }
}
