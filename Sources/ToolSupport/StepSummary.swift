import RunningProcess
import TinyforgeCore

/// The page that GitHub's and Gitea's pipelines show of a step.
package enum StepSummary {
  /// Adds Markdown to the page where there is one; what cannot be added is not worth a failed run.
  package static func append(_ markdown: String, _ console: Console) {
    guard !markdown.isEmpty, let path = Environment.variable("GITHUB_STEP_SUMMARY") else { return }
    do {
      try AppendedFile.append(markdown, to: path)
    } catch {
      console.warn(error.message)
    }
  }
}
