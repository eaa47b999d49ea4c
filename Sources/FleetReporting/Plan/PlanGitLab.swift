package import Reporting
package import TinyforgeCore

/// Renders a plan as GitLab's Code Quality report, which merge requests show beside the lines.
package struct PlanGitLab {
  private let phrases: Phrases

  /// Creates a renderer for a language.
  package init(phrases: Phrases) { self.phrases = phrases }

  /// Renders the plan.
  package func render(_ plan: PlanReport) -> String {
    let report = plan.reported
    let paths = DriftPaths(report)
    let incomplete = plan.interruption(phrases).map {
      CodeQuality.Issue(
        description: $0, check: "incomplete",
        fingerprint: FindingFingerprint.of("plan\0incomplete"),
        severity: "blocker", path: ".tinyforge.yml", lines: 1...1)
    }
    return CodeQuality.render(
      [incomplete].compactMap(\.self)
        + PlanIssues(phrases: phrases).list(report).map { issue in
          let start = max(1, issue.range?.start.line ?? 1)
          return CodeQuality.Issue(
            description: issue.sentences.joined(separator: "; "), check: issue.check,
            fingerprint: issue.fingerprint,
            severity: issue.workload.status == .fetchFailed
              ? "blocker" : CodeQuality.severity(issue.severity),
            path: paths.always(issue.workload),
            lines: start...max(start, issue.range?.end.line ?? 1))
        })
  }
}
