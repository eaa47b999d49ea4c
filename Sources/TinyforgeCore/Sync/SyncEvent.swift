/// A row of the event log that records what was done to a workload's declared fields or opt-in.
package struct SyncEvent: Sendable, Equatable {
  /// What was done.
  package enum Kind: String, Sendable, CaseIterable { case sync, revert, enable, disable }

  /// One value that changed; nil means a key that is absent, or null.
  package struct Change: Sendable, Equatable {
    /// The field's name.
    package var field: String
    /// The value before.
    package var from: JSONValue?
    /// The value after.
    package var to: JSONValue?
    /// Some value looked like a credential, so that the log does not hold it whole.
    package var isMasked: Bool
    /// The log has the value from before; ``from`` means nothing otherwise.
    package var isFromKnown: Bool

    /// Creates a change; null counts as absent.
    package init(
      field: String, from: JSONValue?, to: JSONValue?, isMasked: Bool = false,
      isFromKnown: Bool = true
    ) {
      self.isFromKnown = isFromKnown
      self.field = field
      self.isMasked = isMasked
      self.from = from == .null ? nil : from
      self.to = to == .null ? nil : to
    }
  }

  /// The row's number: later rows have greater ones.
  package var id: Int64
  /// RFC 3339 in UTC where the log holds a form that is known here, as stored otherwise.
  package var createdAt: String
  /// What was done.
  package var kind: Kind
  /// The workload's id.
  package var workload: String
  /// Empty where the row does not tell, as are the next ones.
  package var actor: String
  /// Who started the tool with sudo.
  package var sudoUser: String
  /// The machine it was done on.
  package var host: String
  /// The commit of the spec.
  package var commit: String
  /// The spec's path.
  package var path: String
  /// The tool and its version.
  package var tool: String
  /// In the order of the row.
  package var changes: [Change]
  /// What the workload recorded of its last sync before this one; nil where the row does not tell.
  package var previousCommit: String?
  /// When the sync before this one was.
  package var previousSyncAt: String?
  /// The row that a revert undoes.
  package var reverts: Int64?

  /// Reads a row's metadata; nil for a row that is not of this kind.
  ///
  /// The server may write rows of its own form: a member that is absent or of another type reads
  /// as empty, and only a row without a workload is none of ours. `column` is the workload's id where the
  /// log has a column for it.
  package init?(id: Int64, createdAt: String, metadata: String, workload column: String? = nil) {
    let json = try? JSONText(Array(metadata.utf8))
    let named = Self.workload(json)
    // A row that names a workload in its column alone may be of anything: it must also look like one of these.
    let isOurs =
      named != nil || ["kind", "commit", "commit_sha", "changes"].contains { json?[$0] != nil }
    guard isOurs, let workload = column ?? named, !workload.isEmpty,
      let kind = Kind(rawValue: json?["kind"]?.text ?? Kind.sync.rawValue)
    else { return nil }
    func text(_ name: String) -> String { json?[name]?.text ?? "" }
    self.id = id
    self.createdAt = createdAt
    self.kind = kind
    self.workload = workload
    actor = text("actor")
    sudoUser = text("sudo_user")
    host = text("host")
    commit = json?["commit"]?.text ?? text("commit_sha")
    path = text("path")
    tool = text("tool")
    previousCommit = json?["previous_commit"]?.text
    previousSyncAt = json?["previous_sync_at"]?.text
    if case .number(let number)? = json?["reverts"] { reverts = Int64(number) }
    guard case .array(let items)? = json?["changes"] else {
      changes = []
      return
    }
    changes = items.compactMap { item in
      item["field"]?.text.map {
        Change(
          field: $0, from: item["from"], to: item["to"], isMasked: item["masked"] == .bool(true),
          isFromKnown: item["from"] != nil)
      }
    }
  }

  /// An id may be a number, which metadata holds as one or as its digits.
  private static func workload(_ json: JSONText?) -> String? {
    for name in ["workload", "workload_id"] {
      switch json?[name] {
      case .string(let text): return text
      case .number(let text): return text
      default: continue
      }
    }
    return nil
  }

  /// Whether the server wrote the row: this toolkit's rows name the tool.
  package var isServers: Bool { tool.isEmpty }

  /// Whether the row put the values of a commit's spec into the config: a sync, or a revert to a commit.
  package var isSync: Bool {
    kind == .sync || (kind == .revert && reverts == nil && !commit.isEmpty)
  }

  /// Whether the row holds all that is needed to undo it.
  package var isRevertible: Bool {
    isSync && !changes.isEmpty
      && changes.allSatisfy {
        $0.isFromKnown && !$0.isMasked && SpecFieldTable.named($0.field) != nil
      }
  }

  /// Whether the row changed that field of the config.
  package func sets(_ field: SpecField) -> Bool {
    (kind == .sync || kind == .revert) && changes.contains { $0.field == field.name }
  }
}

extension [SyncEvent] {
  /// The latest row that changed a field of a workload; nil where none did.
  package func last(setting field: SpecField, of workload: String) -> SyncEvent? {
    last { $0.workload.hasSameBytes(as: workload) && $0.sets(field) }
  }
}
