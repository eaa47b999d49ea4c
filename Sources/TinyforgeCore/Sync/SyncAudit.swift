/// How a sync is told in Tinyforge's event log.
package enum SyncAudit {
  /// The log's `source` of a sync.
  package static let source = "gitops"
  /// The log's `severity` of a sync.
  package static let severity = "info"

  /// One sentence for the log.
  package static func message(_ workload: Workload, _ plan: SyncPlan, commit: String) -> String {
    let fields = plan.changes.map(\.field.name).joined(separator: ", ")
    let shown = workload.name.isEmpty ? workload.id : workload.name
    return "GitOps sync set \(fields) of \(shown.shownSafely) from commit \(commit.prefix(12))."
  }

  /// What the log keeps as JSON: who changed which declared fields, and from where.
  package static func metadata(
    _ workload: Workload, _ plan: SyncPlan, commit: String, path: String, actor: String,
    host: String, tool: String
  ) -> String {
    let document: JSONValue = [
      "kind": .string(SyncEvent.Kind.sync.rawValue), "workload": .string(workload.id),
      "actor": .string(actor), "host": .string(host),
      "tool": .string(tool), "commit": .string(commit), "path": .string(path),
      "changes": .array(plan.changes.map { change($0) }),
    ]
    return JSONWriter.compact(document)
  }

  /// A change as JSON.
  package static func change(_ entry: DriftEntry) -> JSONValue {
    [
      "field": .string(entry.field.name), "from": entry.live ?? .null, "to": entry.repo.json,
    ]
  }
}
