/// What a drift run found, as every format tells it and as JSON carries it between runners.
///
/// Made of ``WorkloadReport``s, or read back from the JSON of other runs (`drift merge`), so it
/// holds no offsets and no live config: only what may be told.
package struct DriftReport: Sendable, Equatable {
  /// In the order of the run.
  package var workloads: [ReportedWorkload]
  /// When the run looked, RFC 3339 in UTC.
  package var generatedAt: String
  /// When the live values were taken, where a snapshot stood in for the database.
  package var snapshotTakenAt: String?

  package init(
    workloads: [ReportedWorkload], generatedAt: String, snapshotTakenAt: String? = nil
  ) {
    self.workloads = workloads
    self.generatedAt = generatedAt
    self.snapshotTakenAt = snapshotTakenAt
  }
}

/// One workload of a drift report.
package struct ReportedWorkload: Sendable, Equatable {
  package var id: String
  /// The display name; empty where there is none.
  package var name: String
  package var sourceKind: String
  package var status: WorkloadReport.Status
  /// Why the status is not `ok`, and what to do; empty otherwise.
  package var message: String
  /// The spec as it was read; nil where none was.
  package var spec: ReportedSpec?
  /// The declared fields that the source honours, in the order of the field table.
  package var managedFields: [String]
  package var drift: [ReportedDrift]
  /// What is not drift and should be known all the same, such as a forced recreate or a mirror that
  /// was not fetched for long; sentences.
  package var notes: [String]
  /// What lint would say of the spec.
  package var findings: [ReportedFinding]
  /// RFC 3339, or empty before the first sync.
  package var lastSyncAt: String
  /// The last synced commit, or empty before the first sync.
  package var lastSyncCommit: String

  /// The name where there is one, else the id.
  package var shownName: String { name.isEmpty ? id : name }
}

/// The spec of a reported workload.
package struct ReportedSpec: Sendable, Equatable {
  package var path: String
  package var origin: SpecSnapshot.Origin
  /// The repository's folder or address.
  package var repository: String?
  package var commit: String?
  /// RFC 3339 in UTC.
  package var committedAt: String?
  /// The first line of the commit's message.
  package var subject: String?
  /// The spec's text, credentials masked; nil where there is none.
  package var raw: String?
}

/// A declared field whose live value differs.
package struct ReportedDrift: Sendable, Equatable {
  package var field: String
  package var repo: JSONValue
  /// The live value as stored; null where the live config lacks the key.
  package var live: JSONValue
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
  /// The audit row that last synced the field.
  package var syncedBy: SyncEvent?

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

/// A finding of lint, without its text.
package struct ReportedFinding: Sendable, Equatable {
  package var code: String
  package var severity: Severity
  package var message: String
  package var help: String?
  package var line: Int
  package var column: Int
  package var endLine: Int
  package var endColumn: Int
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
