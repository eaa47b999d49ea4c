import Reporting
import TinyforgeCore
import ToolSupport

/// How the result is written.
enum ApplyFormat: String, FormatChoice {
  case text, json

  /// The document of a run.
  func document(_ reports: [WorkloadReport], _ phrases: Phrases, _ console: Console) -> String {
    switch self {
    case .text:
      WorkloadText(phrases: phrases, style: console.output).render(reports)
    case .json: WorkloadJSON.render(reports, tool: .apply)
    }
  }
}
