import RunningProcess
import TinyforgeCore
import WorkloadStore

/// Who changes rows, as locks and audit rows name them.
package struct SyncAuthor: Sendable {
  let actor: String
  /// Who ran sudo, beside the actor and never in its place; empty where the tool was not started by it.
  let sudoUser = ActorName.recorded(Environment.variable("SUDO_USER") ?? "")
  let host = Environment.hostName

  /// Creates the author of a name; of the operating-system user where none is left of it, as of `--actor "$USER"`
  /// where that is not set.
  package init(named name: String?) {
    let named = name.map(ActorName.recorded) ?? ""
    actor = named.isEmpty ? ActorName.recorded(Environment.userName) : named
  }

  static let tool = "apply \(ToolkitVersion.current)"

  /// The row for the event log.
  func audit(
    _ kind: SyncEvent.Kind, _ row: Workload, commit: String = "", changes: [SyncEvent.Change],
    reverts: Int64? = nil
  ) -> AuditEvent {
    let audit = SyncAudit(
      kind, row, actor: actor, sudoUser: sudoUser, host: host, tool: Self.tool, commit: commit,
      changes: changes, reverts: reverts)
    return AuditEvent(
      source: SyncAudit.source, severity: SyncAudit.severity, message: audit.message,
      metadata: audit.metadata)
  }
}
