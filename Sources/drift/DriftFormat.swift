import Reporting
import TinyforgeCore
import ToolSupport

/// How drift is written.
enum DriftFormat: String, FormatChoice {
  case text, json

  /// The document of a run.
  func document(_ reports: [WorkloadReport], _ phrases: Phrases, _ console: Console) -> String {
    switch self {
    case .text:
      WorkloadText(tool: .drift, phrases: phrases, style: console.output).render(reports)
    case .json:
      DriftJSON.render(
        DriftReport(
          workloads: reports.map { ReportedWorkload($0) },
          generatedAt: UTCTime.rfc3339(Environment.now)))
    }
  }
}
