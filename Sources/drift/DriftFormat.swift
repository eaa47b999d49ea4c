import Reporting
import TinyforgeCore
import ToolSupport

/// How drift is written.
enum DriftFormat: String, FormatChoice {
  case text, json, markdown

  /// The document of a run.
  func document(_ reports: [WorkloadReport], _ phrases: Phrases, _ console: Console) -> String {
    let report = DriftReport(
      workloads: reports.map { ReportedWorkload($0) },
      generatedAt: UTCTime.rfc3339(Environment.now))
    return switch self {
    case .text: DriftText(phrases: phrases, style: console.output).render(report)
    case .json: DriftJSON.render(report)
    case .markdown: DriftMarkdown(phrases: phrases).render(report)
    }
  }
}
