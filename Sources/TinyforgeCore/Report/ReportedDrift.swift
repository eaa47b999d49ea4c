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
  /// Why ``touched`` is not known; nil where it is.
  package var untold: String?
  /// The audit row that last set the field.
  package var syncedBy: SyncEvent?
  /// Since when it drifts; nil where the run had no earlier report to know it by.
  package var since: Since?

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

  /// Since when a field drifts.
  package struct Since: Sendable, Equatable {
    /// When it was first seen, in seconds since 1970.
    package var firstSeen: Int64
    /// How many seconds that is before the run; nil where it is not to be shown.
    package var age: Int64?
    /// Whether it lasts long enough to be a finding.
    package var isCounted: Bool

    /// Creates one from its parts.
    package init(firstSeen: Int64, age: Int64?, isCounted: Bool) {
      self.firstSeen = firstSeen
      self.age = age
      self.isCounted = isCounted
    }
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
    /// The row that it undid; nil if it is not such a revert.
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
