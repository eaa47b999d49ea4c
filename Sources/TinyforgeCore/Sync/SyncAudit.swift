/// The row of Tinyforge's event log for a sync, a revert or an opt-in.
package struct SyncAudit: Sendable {
  /// The log's `source` of all of them.
  package static let source = "gitops"
  /// The log's `severity` of all of them.
  package static let severity = "info"

  /// What was done.
  package var kind: SyncEvent.Kind
  /// The row before the change.
  package var workload: Workload
  /// Who did it.
  package var actor: String
  /// Who started it with sudo, as the environment says; empty without sudo.
  package var sudoUser: String
  /// The machine it was done on.
  package var host: String
  /// The tool and its version.
  package var tool: String
  /// The commit that the values come from; empty where they come from none.
  package var commit: String
  /// The values that changed.
  package var changes: [SyncEvent.Change]
  /// The row of the log that a revert undoes.
  package var reverts: Int64?

  /// Creates one from its parts.
  package init(
    _ kind: SyncEvent.Kind, _ workload: Workload, actor: String, sudoUser: String = "",
    host: String,
    tool: String, commit: String = "", changes: [SyncEvent.Change], reverts: Int64? = nil
  ) {
    self.kind = kind
    self.workload = workload
    self.actor = actor
    self.sudoUser = sudoUser
    self.host = host
    self.tool = tool
    self.commit = commit
    self.changes = changes
    self.reverts = reverts
  }

  /// One sentence for the log.
  package var message: String {
    let name = workload.ownName.shownSafely
    let fields = changes.map(\.field).joined(separator: ", ")
    switch kind {
    case .sync: return "GitOps sync set \(fields) of \(name) from commit \(ObjectID.short(commit))."
    case .revert where isToCommit:
      return "GitOps revert to commit \(ObjectID.short(commit)) put back \(fields) of \(name)."
    case .revert:
      let event = reverts.map { " of event \($0)" } ?? ""
      return "GitOps revert\(event) put back \(fields) of \(name)."
    case .enable: return "GitOps was enabled for \(name)\(path)."
    case .disable: return "GitOps was disabled for \(name)."
    }
  }

  /// Whether a revert puts back the spec of a commit.
  private var isToCommit: Bool { kind == .revert && reverts == nil }

  private var path: String {
    guard case .string(let path)? = changes.first(where: { $0.field == "gitops_path" })?.to else {
      return ""
    }
    return ", with the spec at \(path.shownSafely)"
  }

  /// What the log keeps as JSON: who changed what from which value to which, and where it came from.
  ///
  /// What looks like a credential is masked, and marked as such: the log is read by many.
  package var metadata: String {
    var members: [JSONValue.Member] = [
      .init("kind", .string(kind.rawValue)), .init("workload", .string(workload.id)),
      .init("actor", .string(actor)), .init("host", .string(host)), .init("tool", .string(tool)),
      .init("commit", .string(commit)), .init("path", .string(workload.gitopsPath)),
      .init("changes", .array(changes.map(Self.change))),
    ]
    if kind == .sync || isToCommit {
      members.append(.init("previous_commit", .string(workload.lastSyncCommit)))
      members.append(.init("previous_sync_at", .string(workload.lastSyncAt)))
    }
    if !sudoUser.isEmpty { members.append(.init("sudo_user", .string(sudoUser))) }
    if let reverts { members.append(.init("reverts", .integer(reverts))) }
    return JSONWriter.compact(.object(members))
  }

  private static func change(_ change: SyncEvent.Change) -> JSONValue {
    let shown = change.json
    let isMasked =
      shown["from"] != (change.from ?? .null) || shown["to"] != (change.to ?? .null)
    return isMasked ? shown.adding("masked", true) : shown
  }
}

extension SyncEvent.Change {
  /// The change as every report shows it: `null` for an absent key, credentials masked.
  package var json: JSONValue {
    let change: JSONValue = [
      "field": .string(field), "from": (from ?? .null).withoutCredentials,
      "to": (to ?? .null).withoutCredentials,
    ]
    return isFromKnown ? change : change.adding("from_known", false)
  }
}

extension DriftEntry {
  /// The change that a sync of the entry makes.
  package var change: SyncEvent.Change {
    SyncEvent.Change(field: field.name, from: live, to: repo.json)
  }
}
