package import Reporting
package import TinyforgeCore

/// Renders a plan for GitHub's and Gitea's pipelines: annotations; the summary is `PlanMarkdown`.
package struct PlanGitHub {
  private let phrases: Phrases

  /// Creates a renderer for a language.
  package init(phrases: Phrases) { self.phrases = phrases }

  /// Workflow commands, the worst first; those beyond the runner's limit are counted at the end.
  package func render(_ plan: PlanReport) -> String {
    let report = plan.reported
    let paths = DriftPaths(report)
    let annotations = PlanIssues(phrases: phrases).list(report).map { issue in
      GitHubAnnotation(
        severity: issue.severity, path: paths.inRepository(issue.workload), range: issue.range,
        title: "plan: \(issue.check)", message: issue.sentences.joined(separator: "\n"))
    }
    let incomplete = plan.interruption(phrases).map {
      GitHubAnnotation(
        severity: .error, path: nil, range: nil, title: "plan: incomplete", message: $0)
    }
    return GitHubAnnotations([incomplete].compactMap(\.self) + annotations)
      .render(tool: "plan", rest: phrases.notAnnotated)
  }
}
