import WorkloadOptions
import Reporting
import TinyforgeCore
import ToolSupport

/// How a plan is written.
enum PlanFormat: String, FormatChoice {
  case text, json, markdown

  /// The document of a run; `interruption` says that a signal ended it.
  func document(
    _ reports: [WorkloadReport], _ phrases: Phrases, _ console: Console, _ listing: WorkloadListing,
    interruption: String? = nil
  ) -> String {
    switch self {
    case .text:
      WorkloadText(phrases: phrases, style: console.output, listing: listing).render(reports)
        + (interruption.map { $0 + "\n" } ?? "")
    case .json: WorkloadJSON.render(reports, tool: .plan, isInterrupted: interruption != nil)
    case .markdown:
      PlanMarkdown(phrases: phrases, listing: listing)
        .render(reports, limit: DriftMarkdown.usualLimit, interruption: interruption)
    }
  }
}
