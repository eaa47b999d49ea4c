import Reporting
import TinyforgeCore
import ToolSupport

/// How findings are written.
enum LintFormat: String, FormatChoice {
  case text, json, sarif, github, gitlab, junit, rdjson

  /// The pipeline's own form where one is running, else text.
  static var usual: LintFormat {
    let runners = ["GITHUB_ACTIONS", "GITEA_ACTIONS"]
    return runners.contains { Environment.variable($0) == "true" } ? .github : .text
  }

  /// Writes what was found; what went wrong with single files is told beside those that are text.
  func write(_ outcome: LintOutcome, hints: Bool, to console: Console) throws(Failure) {
    for part in outcome.text { try console.print(part) }
    let reports = outcome.reports
    if let document = document(reports, isInterrupted: outcome.isInterrupted) {
      try console.print(document, as: outputForm)
    }
    for failure in outcome.failures { console.report(failure) }
    if self == .github { StepSummary.append(LintGitHub.summary(reports), console) }
    if hints, self == .text || self == .github, outcome.summary.files > 0 {
      console.hint(outcome.summary.sentence)
    }
  }

  /// Whether a forge reads the form, which knows files by their paths from the repository's root.
  var namesFilesFromRoot: Bool {
    switch self {
    case .github, .gitlab, .sarif: true
    case .text, .json, .junit, .rdjson: false
    }
  }

  /// Whether that a run was interrupted is told as a file that could not be looked at.
  var tellsInterruptionAsFile: Bool { self != .text && self != .json }

  /// All reports in one; nil where each is told by itself.
  private func document(_ reports: [LintReport], isInterrupted: Bool) -> String? {
    switch self {
    case .text: nil
    case .json: LintJSON.render(reports, isInterrupted: isInterrupted)
    case .sarif: LintSARIF(of: .built).render(reports)
    case .github: LintGitHub.render(reports)
    case .gitlab: LintGitLab.render(reports)
    case .junit: LintJUnit().render(reports)
    case .rdjson: LintReviewdog(of: .built).render(reports)
    }
  }
}
