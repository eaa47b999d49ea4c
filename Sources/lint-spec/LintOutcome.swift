import Reporting
import TinyforgeCore
import ToolSupport

/// What a part of a run came to.
///
/// Made where the files are checked, by all processors: ten thousand specs with findings take as long
/// to be told as to be checked, and as text none of them is kept.
struct LintOutcome: Sendable {
  var summary = LintSummary()
  var status = ExitStatus.clean
  var failures: [Failure] = []
  /// A signal ended the run before all was looked at.
  var isInterrupted = false
  /// What is told, where the form is text.
  var text: [String] = []
  /// What is told, where the form makes one document of all reports.
  var reports: [LintReport] = []

  init() {}

  init(_ reports: [LintReport], text style: TextStyle?) {
    summary = LintSummary(reports)
    failures = reports.compactMap(\.failure)
    for report in reports { status = status.combined(with: Self.status(report)) }
    if let style {
      text = [LintText(style: style).render(reports)]
    } else {
      self.reports = reports
    }
  }

  private static func status(_ report: LintReport) -> ExitStatus {
    if let failure = report.failure { return ExitStatus(failure) }
    return report.decoded.findings.contains(where: report.counts) ? .findings : .clean
  }

  static func += (sum: inout LintOutcome, next: LintOutcome) {
    sum.summary += next.summary
    sum.status = sum.status.combined(with: next.status)
    sum.failures += next.failures
    sum.text += next.text
    sum.reports += next.reports
  }
}
