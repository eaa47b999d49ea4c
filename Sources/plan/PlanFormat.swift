import FleetReporting
import Reporting
import TinyforgeCore
import ToolSupport
import WorkloadOptions

/// How a plan is written.
enum PlanFormat: String, FormatChoice {
  case text, json, markdown, html, github, gitlab

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
    case .html: PlanPage(phrases: phrases, version: ToolkitVersion.current).render(plan)
    case .github: PlanGitHub(phrases: phrases).render(plan)
    case .gitlab: PlanGitLab(phrases: phrases).render(plan)
    }
  }

  /// What a pipeline shows of the step beside its log; empty for forms that no pipeline reads so.
  func stepSummary(_ plan: PlanReport, _ phrases: Phrases) -> String {
    guard self == .github else { return "" }
    return PlanMarkdown(phrases: phrases).render(plan, limit: DriftMarkdown.summaryLimit)
  }

  /// Whether the document leads to the forge's pages.
  var linksSpecs: Bool {
    switch self {
    case .markdown, .github: true
    case .text, .json, .html, .gitlab: false
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
