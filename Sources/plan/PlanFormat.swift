import Reporting
import TinyforgeCore
import ToolSupport
import WorkloadOptions

/// How a plan is written.
enum PlanFormat: String, FormatChoice {
  case text, json, markdown

  /// The document of a run.
  func document(
    _ plan: PlanReport, _ phrases: Phrases, _ console: Console, _ listing: WorkloadListing
  ) -> String {
    switch self {
    case .text: Self.text(plan, phrases, console.output, listing)
    case .json: WorkloadJSON.render(plan)
    case .markdown:
      PlanMarkdown(phrases: phrases, listing: listing)
        .render(plan, limit: DriftMarkdown.usualLimit)
    }
  }

  private static func text(
    _ plan: PlanReport, _ phrases: Phrases, _ style: TextStyle, _ listing: WorkloadListing
  ) -> String {
    let workloads = WorkloadText(phrases: phrases, style: style, listing: listing)
    let taken = plan.snapshotTakenAt.map { phrases.snapshotTaken(at: $0.shownSafely) + "\n" }
    let interruption = plan.missed.map {
      phrases.interrupted($0, of: plan.workloads.count + $0) + "\n"
    }
    return workloads.list(plan.workloads) + style.wrapped(taken ?? "")
      + workloads.summaryLine(plan.workloads) + (interruption ?? "")
  }
}
