package import TinyforgeCore

/// Renders drift as GitLab's Code Quality report.
package struct DriftGitLab {
  private let phrases: Phrases

  /// Creates one from its parts.
  package init(phrases: Phrases) { self.phrases = phrases }

  /// Renders the report.
  package func render(_ report: DriftReport) -> String {
    let paths = DriftPaths(report)
    let gaps =
      report.gaps.isEmpty
      ? []
      : [
        CodeQuality.Issue(
          description: phrases.incompleteTitle(report.gaps), check: "incomplete",
          fingerprint: FindingFingerprint.of("incomplete"), severity: "blocker",
          path: ".tinyforge.yml", lines: 1...1)
      ]
    return CodeQuality.render(
      gaps
        + DriftIssues(phrases: phrases).list(report).map { issue in
          let start = max(1, issue.range?.start.line ?? 1)
          return CodeQuality.Issue(
            description: ([issue.summary] + issue.details).joined(separator: "; "),
            check: issue.rule.rawValue, fingerprint: issue.fingerprint,
            severity: issue.rule == .fetchFailed
              ? "blocker" : CodeQuality.severity(issue.rule.severity),
            path: paths.always(issue.workload),
            lines: start...max(start, issue.range?.end.line ?? 1))
        })
  }
}
