import TinyforgeCore
import ToolSupport
import WorkloadStore

/// Who changes rows, as locks and audit rows name them.
struct SyncAuthor: Sendable {
  let actor: String
  let host = Environment.hostName

  static let tool = "apply \(ToolkitVersion.current)"

  /// The row for the event log.
  func audit(
    _ kind: SyncEvent.Kind, _ row: Workload, commit: String = "", changes: [SyncEvent.Change],
    reverts: Int64? = nil
  ) -> AuditEvent {
    let audit = SyncAudit(
      kind, row, actor: actor, host: host, tool: Self.tool, commit: commit, changes: changes,
      reverts: reverts)
    return AuditEvent(
      source: SyncAudit.source, severity: SyncAudit.severity, message: audit.message,
      metadata: audit.metadata)
  }
}
