import Posting
import Reporting
import RunningProcess
import TinyforgeCore
import ToolSupport

/// Writes a report: part by part where its form allows that, else whole at the end.
struct DriftReportWriter {
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
