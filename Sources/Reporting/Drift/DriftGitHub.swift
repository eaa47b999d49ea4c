package import TinyforgeCore

/// Renders drift for GitHub's and Gitea's pipelines: annotations; the summary is ``DriftMarkdown``.
package struct DriftGitHub {
  private let phrases: Phrases

  /// Creates one from its parts.
  package init(phrases: Phrases) { self.phrases = phrases }

  /// Workflow commands, the worst first; those beyond the runner's limit are counted at the end.
  package func render(_ report: DriftReport) -> String {
    let paths = DriftPaths(report)
    let annotations = DriftIssues(phrases: phrases).list(report).map { issue in
      GitHubAnnotation(
        severity: issue.rule.severity, path: paths.inRepository(issue.workload),
        range: issue.range, title: "drift: \(issue.rule.rawValue)",
        message: ([issue.summary] + issue.details).joined(separator: "\n"))
    }
    let gaps =
      report.gaps.isEmpty
      ? []
      : [
        GitHubAnnotation(
          severity: .error, path: nil, range: nil, title: "drift: incomplete",
          message: phrases.incompleteTitle(report.gaps))
      ]
    return GitHubAnnotations(gaps + annotations).render(tool: "drift", rest: phrases.notAnnotated)
  }
}
