/// The event log's rows on a workload's syncs, as far as the causes of drift need them.
package struct SyncRecord: Sendable, Equatable {
  /// The latest sync.
  package struct Sync: Sendable, Equatable {
    /// The commit of the spec.
    package var commit: String
    /// The spec's path; empty where the row does not tell.
    package var path: String
    /// Whether it was a revert to the spec of a commit.
    package var isRevert: Bool

    /// Creates one from its parts.
    package init(commit: String, path: String, isRevert: Bool) {
      self.commit = commit
      self.path = path
      self.isRevert = isRevert
    }
  }

  /// The latest sync; nil where the log has none.
  package var sync: Sync?
  /// What was done to each field last, by its name.
  package var fields: [String: FieldRecord] = [:]

  /// The record of a log without a row of the workload.
  package init() {}

  /// Takes in the next row of the workload; rows come in the order of the log.
  package mutating func add(_ event: SyncEvent) {
    if event.isSync {
      sync = Sync(commit: event.commit, path: event.path, isRevert: event.kind == .revert)
    }
    for field in SpecFieldTable.all where event.sets(field) {
      fields[field.name] = FieldRecord(event, setting: field, after: fields[field.name])
    }
  }
}
