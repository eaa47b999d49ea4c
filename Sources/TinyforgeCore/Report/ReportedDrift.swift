/// A declared field whose live value differs.
package struct ReportedDrift: Sendable, Equatable {
  /// The field's name.
  package var field: String
  /// The declared value.
  package var repo: JSONValue
  /// The live value as stored; null where the live config lacks the key.
  package var live: JSONValue
  /// The value as of the last sync; nil where that is not known, or none was declared.
  package var base: JSONValue?
  /// Why the two differ.
  package var cause: DriftCause
  /// Why the cause is what it is, in a sentence; always there for `unknown`.
  package var reason: String
  /// The value's place in the spec, counted from 1 in Unicode scalars.
  package var line: Int
  /// The column of the start, from 1.
  package var column: Int
  /// The line of the end.
  package var endLine: Int
  /// The column after the end.
  package var endColumn: Int
  /// The commit that last touched the value's line.
  package var touched: Touch?
  /// Why ``touched`` is not told; nil where it is.
  package var untold: String?
  /// The audit row that last set the field.
  package var syncedBy: SyncEvent?

  /// Creates one from its parts.
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
    /// The full id of the commit.
    package var commit: String
    /// RFC 3339 in UTC: the author's date.
    package var authoredAt: String
    /// The author's name.
    package var author: String
    /// The first line of the commit's message.
    package var subject: String

    /// Creates one from its parts.
    package init(commit: String, authoredAt: String, author: String, subject: String) {
      self.commit = commit
      self.authoredAt = authoredAt
      self.author = author
      self.subject = subject
    }
  }

  /// The audit row of a sync.
  package struct SyncEvent: Sendable, Equatable {
    /// The number of the row.
    package var id: Int64
    /// As the log holds it.
    package var at: String
    /// Who synced; empty where the row does not say.
    package var actor: String
    /// The row that it undid; nil where it is no such revert.
    package var reverts: Int64?

    /// Creates one from its parts.
    package init(id: Int64, at: String, actor: String, reverts: Int64? = nil) {
      self.id = id
      self.at = at
      self.actor = actor
      self.reverts = reverts
    }
  }
}

/// A finding with its place counted, as it stands apart from the text.
package struct ReportedFinding: Sendable, Equatable {
  /// The finding's code, such as `octal-number`.
  package var code: String
  /// How severe it is here.
  package var severity: Severity
  /// What is wrong, in a sentence.
  package var message: String
  /// How to fix it; nil where there is no advice.
  package var help: String?
  /// Whether `--fix` would fix it.
  package var isFixable: Bool
  /// The place in the spec: line and column of the start and of the end, from 1.
  package var line: Int
  /// The column of the start, from 1.
  package var column: Int
  /// The line of the end.
  package var endLine: Int
  /// The column after the end.
  package var endColumn: Int
  /// Other places that belong to it.
  package var related: [Related]

  /// Another place that belongs to it.
  package struct Related: Sendable, Equatable {
    /// What is wrong, in a sentence.
    package var message: String
    /// The place in the spec: line and column of the start and of the end, from 1.
    package var line: Int
    /// The column of the start, from 1.
    package var column: Int

    /// Creates one from its parts.
    package init(message: String, line: Int, column: Int) {
      self.message = message
      self.line = line
      self.column = column
    }
  }

  /// Creates one from its parts.
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
  /// Why the two differ.
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

  /// Creates one from its parts.
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
  /// A revert put the live value back, and the spec still declares what was reverted.
  case reverted
  /// The workload, or this field of it, was never synced.
  case neverSynced = "never_synced"
  /// What was synced last cannot be told; the reason says why.
  case unknown
}
