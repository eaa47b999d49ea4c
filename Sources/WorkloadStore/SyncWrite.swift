package import TinyforgeCore

/// What a sync writes.
package struct SyncWrite: Sendable {
  /// The row as it was read and merged from.
  package var expected: Workload
  /// The merged config; nil leaves `source_config` alone.
  package var sourceConfig: String?
  /// The commit that the spec was read from.
  package var commit: String
  /// When, RFC 3339 in UTC with `Z`.
  package var syncedAt: String
  /// The audit row; nil writes none.
  package var audit: AuditEvent?

  package init(
    expected: Workload, sourceConfig: String?, commit: String, syncedAt: String, audit: AuditEvent?
  ) {
    self.expected = expected
    self.sourceConfig = sourceConfig
    self.commit = commit
    self.syncedAt = syncedAt
    self.audit = audit
  }
}

/// A row for the event log.
package struct AuditEvent: Sendable {
  package var source: String
  package var severity: String
  package var message: String
  /// JSON text.
  package var metadata: String

  package init(source: String, severity: String, message: String, metadata: String) {
    self.source = source
    self.severity = severity
    self.message = message
    self.metadata = metadata
  }
}

/// What became of a write.
package enum SyncOutcome: Sendable {
  /// Everything is written; the id is the audit row's.
  case written(eventID: Int64?)
  /// The row is another one by now; nothing was written.
  case conflict(Workload)
  /// The row is gone; nothing was written.
  case vanished
}
