package import TinyforgeCore

/// Renders the result of undoing a sync as `tinyforge.revert/v1` JSON.
package enum RevertJSON {
  /// Renders the report.
  package static func render(_ report: WorkloadReport, isInterrupted: Bool = false) -> String {
    let row = report.workload
    let document: JSONValue = [
      "schema": "tinyforge.revert/v1", "id": .string(row.id), "name": .string(row.name),
      "source_kind": .string(row.sourceKind),
      "result": .optional(report.outcome?.result.rawValue),
      "message": .string(RevertText.message(report)),
      "reverts": report.revert.map { .integer($0.event) } ?? .null,
      "to_commit": .optional(report.revert == nil ? report.spec?.commit?.id : nil),
      "changes": .array(RevertText.changes(report).map(\.json)),
      "event_id": report.outcome?.eventID.map { .integer($0) } ?? .null,
      "notes": .array(report.notes.map { .string($0) }),
    ]
    let placed = row.server.map { document.adding("server", .string($0)) } ?? document
    let whole = isInterrupted ? placed.adding("interrupted", true) : placed
    return JSONWriter.indented(whole) + "\n"
  }
}
