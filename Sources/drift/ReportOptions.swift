import ArgumentParser
import Reporting
import TinyforgeCore
import ToolSupport
import WorkloadSupport

/// How a report is written.
struct ReportOptions: ParsableArguments {
  @Option(
    help: "How the report is written: \(DriftFormat.list).", completion: DriftFormat.completion,
    transform: DriftFormat.named)
  var format: DriftFormat = .text

  @Option(
    name: .customLong("output"),
    help: ArgumentHelp(
      "Write the report to this file, which is replaced in one step, and nothing to standard output.",
      valueName: "file"))
  var file: String?

  @OptionGroup var listing: ListingOptions

  @OptionGroup var language: LanguageOptions

  @OptionGroup var output: OutputOptions

  var console: Console { output.console }

  /// Where a run's workloads go; `report` has none yet.
  func writer(for report: DriftReport) -> DriftWriter {
    DriftWriter(report, options: self, console: console)
  }
}

/// Writes a report: part by part where its form allows that, else whole at the end.
struct DriftWriter {
  private var report: DriftReport
  private let options: ReportOptions
  private let console: Console
  private let parts: (any DriftParts)?
  private var isEmpty = true
  /// What goes into a file once it is whole.
  private var held: [UInt8] = []

  init(_ report: DriftReport, options: ReportOptions, console: Console) {
    self.report = report
    self.options = options
    self.console = console
    parts = options.format.parts(options.language.phrases, console)
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
    if let parts { try put(parts.opening(report)) }
  }

  mutating func add(_ ready: [Part]) throws(Failure) {
    var text = ""
    for part in ready {
      report.summary.add(part.workload)
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

  /// Ends the report, and tells what it comes to.
  ///
  /// `summary` stands for the counts of what was added, which knows less than a merged report.
  mutating func end(summary: DriftSummary? = nil) throws(Failure) -> ExitStatus {
    if let summary { report.summary = summary }
    if let parts {
      try put(parts.closing(report, isEmpty: isEmpty))
    } else {
      let phrases = options.language.phrases
      try put(options.format.document(report, phrases, console))
      StepSummary.append(options.format.stepSummary(report, phrases), console)
    }
    if let file = options.file {
      try WholeFile.replace(file, with: held, as: "the report", forOthers: true)
    }
    return report.summary.status
  }

  private mutating func put(_ text: String) throws(Failure) {
    guard options.file == nil else { return held += text.utf8 }
    try console.print(text)
  }
}
