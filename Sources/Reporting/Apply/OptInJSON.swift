package import TinyforgeCore

/// Renders the result of opting in or out as `tinyforge.opt-in/v1` JSON.
package enum OptInJSON {
  /// Renders the report.
  package static func render(_ report: OptInReport, isInterrupted: Bool = false) -> String {
    let row = report.workload
    let document: JSONValue = [
      "schema": "tinyforge.opt-in/v1", "id": .string(row.id), "name": .string(row.name),
      "source_kind": .string(row.sourceKind), "result": .string(report.outcome.result.rawValue),
      "message": .string(report.outcome.message), "gitops_enabled": .bool(row.gitopsEnabled),
      "gitops_path": .string(row.gitopsPath), "changes": .array(report.changes.map(\.json)),
      "event_id": report.outcome.eventID.map { .integer($0) } ?? .null,
    ]
    let placed = row.server.map { document.adding("server", .string($0)) } ?? document
    let whole = isInterrupted ? placed.adding("interrupted", true) : placed
    return JSONWriter.indented(whole) + "\n"
  }
}
