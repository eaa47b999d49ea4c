import ArgumentParser
package import Reporting
package import TinyforgeCore
package import ToolSupport

/// How plan, drift and apply write their results.
package enum WorkloadFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
  case text, json

  /// Writes the reports of a run.
  package func write(_ reports: [WorkloadReport], tool: WorkloadTool, to console: Console)
    throws(Failure)
  {
    switch self {
    case .text: try console.print(WorkloadText(tool: tool, style: console.output).render(reports))
    case .json: try console.print(WorkloadJSON.render(reports, tool: tool))
    }
  }
}
