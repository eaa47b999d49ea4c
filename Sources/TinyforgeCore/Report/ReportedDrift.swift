/// A declared field whose live value differs.
package struct ReportedDrift: Sendable, Equatable {
  package var field: String
  package var repo: JSONValue
  /// The live value as stored; null where the live config lacks the key.
  package var live: JSONValue
  /// The value as of the last sync; nil where that is not known, or none was declared.
  package var base: JSONValue?
  package var cause: DriftCause
  /// Why the cause is what it is, in a sentence; always there for `unknown`.
  package var reason: String
  /// The value's place in the spec, counted from 1 in Unicode scalars.
  package var line: Int
  package var column: Int
  package var endLine: Int
  package var endColumn: Int
  /// The commit that last touched the value's line.
  package var touched: Touch?
  /// Why ``touched`` is not told; nil where it is.
  package var untold: String?
  /// The audit row that last synced the field.
  package var syncedBy: SyncEvent?

  package init(
    field: String, repo: JSONValue, live: JSONValue, base: JSONValue? = nil, cause: DriftCause,
    reason: String = "", line: Int, column: Int, endLine: Int, endColumn: Int,
    touched: Touch? = nil,
    untold: String? = nil, syncedBy: SyncEvent? = nil
  ) {
    self.field = field
    self.repo = repo
    self.live = live
    self.base = base
    self.cause = cause
    self.reason = reason
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
    self.touched = touched
    self.untold = untold
    self.syncedBy = syncedBy
  }

  /// Who wrote a line last.
  package struct Touch: Sendable, Equatable {
    package var commit: String
    /// RFC 3339 in UTC: the author's date.
    package var authoredAt: String
    package var author: String
    package var subject: String

    package init(commit: String, authoredAt: String, author: String, subject: String) {
      self.commit = commit
      self.authoredAt = authoredAt
      self.author = author
      self.subject = subject
    }
  }

  /// The audit row of a sync.
  package struct SyncEvent: Sendable, Equatable {
    package var id: Int64
    /// As the log holds it.
    package var at: String
    package var actor: String

    package init(id: Int64, at: String, actor: String) {
      self.id = id
      self.at = at
      self.actor = actor
    }
  }
}

/// A finding with its place counted, as it stands apart from the text.
package struct ReportedFinding: Sendable, Equatable {
  package var code: String
  package var severity: Severity
  package var message: String
  package var help: String?
  package var isFixable: Bool
  package var line: Int
  package var column: Int
  package var endLine: Int
  package var endColumn: Int
  package var related: [Related]

  /// Another place that belongs to it.
  package struct Related: Sendable, Equatable {
    package var message: String
    package var line: Int
    package var column: Int

    package init(message: String, line: Int, column: Int) {
      self.message = message
      self.line = line
      self.column = column
    }
  }

  package init(
    code: String, severity: Severity, message: String, help: String? = nil,
    isFixable: Bool = false, line: Int, column: Int, endLine: Int, endColumn: Int,
    related: [Related] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.help = help
    self.isFixable = isFixable
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
    self.related = related
  }
}

/// Where a drifted field's two values come from.
package struct DriftOrigin: Sendable, Equatable {
  package var cause: DriftCause
  /// Why the cause is what it is, in a sentence.
  package var reason: String
  /// The declared value as of the last sync; nil where that is not known, or none was declared.
  package var base: FieldValue?
  /// The commit that last touched the value's line.
  package var touched: ReportedDrift.Touch?
  /// Why ``touched`` is not told; nil where it is.
  package var untold: String?
  /// The audit row that last synced the field.
  package var syncedBy: ReportedDrift.SyncEvent?

  package init(
    cause: DriftCause, reason: String, base: FieldValue? = nil,
    touched: ReportedDrift.Touch? = nil, untold: String? = nil,
    syncedBy: ReportedDrift.SyncEvent? = nil
  ) {
    self.cause = cause
    self.reason = reason
    self.base = base
    self.touched = touched
    self.untold = untold
    self.syncedBy = syncedBy
  }

  /// Of a report whose origins nobody looked for.
  package static let unexplained = DriftOrigin(
    cause: .unknown, reason: "the causes were not looked for")
}

/// Who moved: why a live value differs from the declared one.
package enum DriftCause: String, Sendable, CaseIterable {
  /// The spec is as it was synced last; the live value was changed since.
  case liveEdited = "live_edited"
  /// The live value is as it was synced last; the spec was changed since.
  case specMoved = "spec_moved"
  /// Both were changed since the last sync.
  case both
  /// The workload, or this field of it, was never synced.
  case neverSynced = "never_synced"
  /// What was synced last cannot be told; the reason says why.
  case unknown
}
