package import TinyforgeCore

/// Renders the event log's rows on GitOps as `tinyforge.history/v1` JSON.
package enum HistoryJSON {
  /// `names` are the workloads' names by their ids, `unlogged` the rows of syncs that the log does not hold.
  package static func render(
    _ events: [SyncEvent], names: [WorkloadKey: String], unlogged: [Workload]
  ) -> String {
    let document: JSONValue = [
      "schema": "tinyforge.history/v1",
      "events": .array(events.map { event($0, names[WorkloadKey($0.workload)] ?? "") }),
      "unlogged": .array(unlogged.map(recorded)),
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
