import Reporting
import TinyforgeCore
import ToolSupport

/// How the result is written.
enum ApplyFormat: String, FormatChoice {
  case text, json

  /// Adds what can be written of workloads before the others are done.
  func add(_ reports: [WorkloadReport], to parts: inout String) {
    guard self == .json else { return }
    for report in reports { WorkloadJSON.add(report, to: &parts, tool: .apply) }
  }

  /// The document of a run whose parts were made before.
  func document(
    _ parts: String, of reports: [WorkloadReport], untried: Int, _ phrases: Phrases,
    _ console: Console
  ) -> String {
    guard self == .json else { return document(reports, untried: untried, phrases, console) }
    return WorkloadJSON.document(parts, of: reports, tool: .apply, untried: untried)
  }

  /// The document of a run.
  func document(
    _ reports: [WorkloadReport], untried: Int = 0, _ phrases: Phrases, _ console: Console
  ) -> String {
    switch self {
    case .text:
      WorkloadText(phrases: phrases, style: console.output).render(reports)
    case .json: WorkloadJSON.render(reports, tool: .apply, untried: untried)
    }
  }
}
