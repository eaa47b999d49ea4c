import ArgumentParser
import Reporting
import TinyforgeCore
import ToolSupport

/// How findings are written.
enum LintFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, sarif, github, gitlab, junit, rdjson

  /// The pipeline's own form where one is running, else text.
  static var usual: LintFormat {
    let runners = ["GITHUB_ACTIONS", "GITEA_ACTIONS"]
    return runners.contains { Environment.variable($0) == "true" } ? .github : .text
  }

  /// Writes the reports; what went wrong with single files is told beside those that are text.
  func write(_ reports: [LintReport], _ rules: LintRules, to console: Console) throws(Failure) {
    try console.print(document(reports, rules, console))
    for report in reports {
      if let failure = report.failure { console.report(failure) }
    }
    if self == .github { StepSummary.append(LintGitHub.summary(reports), console) }
    if self == .text || self == .github, !reports.isEmpty {
      console.hint(LintText(style: console.output).summary(reports))
    }
  }

  private func document(_ reports: [LintReport], _ rules: LintRules, _ console: Console) -> String {
    switch self {
    case .text: LintText(style: console.output).render(reports)
    case .json: LintJSON.render(reports)
    case .sarif: LintSARIF(version: ToolkitVersion.current).render(reports)
    case .github: LintGitHub.render(reports)
    case .gitlab: LintGitLab.render(reports)
    case .junit: LintJUnit(counts: rules.counts).render(reports)
    case .rdjson: LintReviewdog.render(reports)
    }
  }
}
