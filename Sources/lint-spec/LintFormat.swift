import Reporting
import RunningProcess
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

  /// Writes the findings; failures of single files are reported beside those that are text.
  func write<Form: LintForm>(
    _ outcome: LintOutcome<Form.Part>, in form: Form, hints: Bool, to console: Console
  ) throws(Failure) {
    let pieces = form.pieces(
      outcome.parts, outcome.summary, isInterrupted: outcome.isInterrupted)
    try console.print(pieces, as: outputForm)
    for failure in outcome.failures { console.report(failure) }
    StepSummary.append(form.stepSummary(outcome.parts), console)
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

  /// Whether an interrupted run is reported as a file that could not be read.
  var tellsInterruptionAsFile: Bool { self != .text && self != .json }

  /// What renders the findings; text in a style.
  func form(_ style: TextStyle) -> any LintForm {
    switch self {
    case .text: LintText(style: style)
    case .json: LintJSON()
    case .sarif: LintSARIF(of: .built)
    case .github: LintGitHub()
    case .gitlab: LintGitLab()
    case .junit: LintJUnit()
    case .rdjson: LintReviewdog(of: .built)
    }
  }
}
