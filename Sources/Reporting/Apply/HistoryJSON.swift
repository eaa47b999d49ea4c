package import TinyforgeCore

/// Renders the event log's rows on GitOps as `tinyforge.history/v1` JSON.
package enum HistoryJSON {
  /// `names` are the workloads' names by their ids.
  package static func render(_ entries: [HistoryEntry], names: [WorkloadKey: String]) -> String {
    var events: [JSONValue] = []
    var unlogged: [JSONValue] = []
    for entry in entries {
      switch entry {
      case .event(let event):
        events.append(Self.event(event, names[WorkloadKey(event.workload)] ?? ""))
      case .recorded(let row): unlogged.append(recorded(row))
      }
    }
    let document: JSONValue = [
      "schema": "tinyforge.history/v1", "events": .array(events), "unlogged": .array(unlogged),
    ]
    return JSONWriter.indented(document) + "\n"
  }

  private static func event(_ event: SyncEvent, _ name: String) -> JSONValue {
    [
      "id": .integer(event.id), "created_at": .string(event.createdAt),
      "kind": .string(event.kind.rawValue), "workload": .string(event.workload),
      "name": .string(name), "actor": .string(event.actor), "host": .string(event.host),
      "tool": .string(event.tool), "commit": .string(event.commit), "path": .string(event.path),
      "reverts": event.reverts.map { .integer($0) } ?? .null,
      "changes": .array(event.changes.map(\.json)),
      "made_by": event.isServers ? "server" : "apply",
    ]
  }

  private static func recorded(_ row: Workload) -> JSONValue {
    [
      "workload": .string(row.id), "name": .string(row.name), "synced_at": .string(row.lastSyncAt),
      "commit": .string(row.lastSyncCommit),
    ]
  }
}
