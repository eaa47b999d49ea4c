import Reporting
import TinyforgeCore
import ToolSupport

/// How a plan is written.
enum PlanFormat: String, FormatChoice {
  case text, json, markdown

  /// The document of a run.
  func document(
    _ reports: [WorkloadReport], _ phrases: Phrases, _ console: Console, _ listing: WorkloadListing
  ) -> String {
    switch self {
    case .text:
      WorkloadText(phrases: phrases, style: console.output, listing: listing).render(reports)
    case .json: WorkloadJSON.render(reports, tool: .plan)
    case .markdown:
      PlanMarkdown(phrases: phrases, listing: listing)
        .render(reports, limit: DriftMarkdown.usualLimit)
    }
  }
}
