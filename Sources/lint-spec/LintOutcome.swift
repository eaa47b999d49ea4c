import Reporting
import TinyforgeCore
import ToolSupport

/// The result of a part of a run.
///
/// Made where the files are checked, by all processors: ten thousand specs with findings take as long
/// to be told as to be checked, and the bytes of none of them are kept.
struct LintOutcome<Part: Sendable>: Sendable {
  var summary = LintSummary()
  var status = ExitStatus.clean
  var failures: [Failure] = []
  /// A signal ended the run before all was read.
  var isInterrupted = false
  /// Whether there is a finding.
  var hasFindings = false
  /// The reports, part by part.
  var parts: [Part] = []

  init() {}

  init(_ reports: [LintReport], in form: some LintForm<Part>) {
    summary = LintSummary(reports)
    failures = reports.compactMap(\.failure)
    for report in reports { status = status.combined(with: ExitStatus(report)) }
    hasFindings = reports.contains { !$0.fixed.isEmpty || !$0.decoded.findings.isEmpty }
    parts = [form.part(reports)]
  }

  static func += (sum: inout LintOutcome, next: LintOutcome) {
    sum.summary += next.summary
    sum.status = sum.status.combined(with: next.status)
    sum.failures += next.failures
    sum.hasFindings = sum.hasFindings || next.hasFindings
    sum.parts += next.parts
  }
}
