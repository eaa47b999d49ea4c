package import TinyforgeCore

/// What is to be written of one workload's row, all of it or nothing.
package struct RowWrite: Sendable {
  /// What a row records of its last sync.
  package struct Mark: Sendable, Equatable {
    /// The commit that the spec was read from; empty where there was no sync.
    package var commit: String
    /// RFC 3339 in UTC with `Z`; empty where there was no sync.
    package var at: String

    /// Creates one from its parts.
    package init(commit: String, at: String) {
      self.commit = commit
      self.at = at
    }
  }

  /// The row as it was read, and as it must still be.
  package var expected: Workload
  /// Now, RFC 3339 in UTC with `Z`: what `updated_at` is set to where the config or the mark is.
  package var now: String
  /// The new `source_config`; nil leaves the column alone, as it does in the next ones.
  package var sourceConfig: String?
  /// What the row records of the sync.
  package var mark: Mark?
  /// Whether the workload is opted in.
  package var gitopsEnabled: Bool?
  /// The spec's path.
  package var gitopsPath: String?
  /// The row of the event log; nil writes none.
  package var audit: AuditEvent?

  /// Creates one from its parts.
  package init(
    expected: Workload, now: String, sourceConfig: String? = nil, mark: Mark? = nil,
    gitopsEnabled: Bool? = nil, gitopsPath: String? = nil, audit: AuditEvent? = nil
  ) {
    self.expected = expected
    self.now = now
    self.sourceConfig = sourceConfig
    self.mark = mark
    self.gitopsEnabled = gitopsEnabled
    self.gitopsPath = gitopsPath
    self.audit = audit
  }

  /// The row after the write.
  var result: Workload {
    var row = expected
    row.sourceConfig = sourceConfig ?? row.sourceConfig
    row.lastSyncAt = mark?.at ?? row.lastSyncAt
    row.lastSyncCommit = mark?.commit ?? row.lastSyncCommit
    row.gitopsEnabled = gitopsEnabled ?? row.gitopsEnabled
    row.gitopsPath = gitopsPath ?? row.gitopsPath
    return row
  }

  /// The row's own `updated_at` is of its config; an opt-in touches the GitOps columns alone.
  var setsUpdatedAt: Bool { sourceConfig != nil || mark != nil }
}
