package import TinyforgeCore

/// Renders the event log's rows on GitOps as `tinyforge.history/v1` JSON, one by one.
package struct HistoryJSON: HistoryForm {
  private let names: [WorkloadKey: String]
  private var unlogged: [JSONValue] = []
  private var hasEvents = false
  private var hasBegun = false

  /// `names` are the workloads' names by their ids.
  package init(_ names: [WorkloadKey: String]) { self.names = names }

  /// The next piece of the document.
  package mutating func add(_ entry: HistoryEntry) -> String {
    let start = hasBegun ? "" : document().before
    hasBegun = true
    switch entry {
    case .recorded(let row):
      unlogged.append(Self.recorded(row))
      return start
    case .event(let event):
      defer { hasEvents = true }
      let json = JSONWriter.indented(
        Self.event(event, names[WorkloadKey(event.workload)] ?? ""), level: 2)
      return start + (hasEvents ? "," : "") + "\n    " + json
    }
  }

  /// The last piece.
  package func end(_ ending: HistoryEnding) -> String {
    let (before, after) = document(isInterrupted: ending.isInterrupted)
    return (hasBegun ? "" : before) + (hasEvents ? "\n  " : "") + after + "\n"
  }

  private func document(isInterrupted: Bool = false) -> (before: String, after: String) {
    var members: [JSONValue.Member] = [
      .init("schema", "tinyforge.history/v1"), .init("events", .array([])),
      .init("unlogged", .array(unlogged)),
    ]
    if isInterrupted { members.append(.init("interrupted", true)) }
    return JSONWriter.indented(.object(members), around: "events")
  }

  private static func event(_ event: SyncEvent, _ name: String) -> JSONValue {
    [
      "id": .integer(event.id), "created_at": .string(event.createdAt),
      "kind": .string(event.kind.rawValue), "workload": .string(event.workload),
      "name": .string(name), "actor": .string(event.actor),
      "sudo_user": .string(event.sudoUser), "host": .string(event.host),
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
