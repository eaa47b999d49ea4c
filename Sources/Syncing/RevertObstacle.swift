import TinyforgeCore

/// Why the event log holds nothing to undo, and what can be done instead.
struct RevertObstacle {
  private let row: Workload
  /// The workload's rows of the log, the oldest first.
  private let events: [SyncEvent]
  /// The database has a log that records syncs.
  private let hasLog: Bool

  init(_ row: Workload, _ events: [SyncEvent], hasLog: Bool) {
    self.row = row
    self.events = events
    self.hasLog = hasLog
  }

  /// No row of the log is a sync, or that of the number is none.
  func noSync(_ id: Int64?) -> String {
    let asked = id.map { "event \($0) is not a sync of this workload in the event log" }
    if events.contains(where: \.isSync) || !row.wasSynced {
      return asked ?? "the event log holds no sync of this workload to revert"
    }
    let missing =
      hasLog
      ? "the event log holds no sync of this workload: the last one changed no value, or the log was pruned"
      : "this database has no event log that tells of syncs"
    let commit = row.lastSyncCommit.isEmpty ? "" : " from commit \(short(row.lastSyncCommit))"
    let at = row.lastSyncAt.isEmpty ? "" : " at \(row.lastSyncAt.shownSafely)"
    return
      "\(asked.map { "\($0): " } ?? "")\(missing); the row records the last sync\(at)\(commit), "
      + "and no values from before it; \(toCommit("REV", "the spec of a commit"))"
  }

  /// The row is the server's, and does not tell what was there before.
  func ofServer(_ event: SyncEvent) -> String {
    let earlier = events.prefix { $0.id < event.id }
    let last = earlier.last { candidate in
      candidate.isRevertible && !events.contains { $0.reverts == candidate.id }
    }
    let revertible =
      last.map { "the last event that can be reverted is event \($0.id)" }
      ?? "the log holds no event that can be reverted"
    let before = earlier.last { $0.isSync && !$0.commit.isEmpty }?.commit
    let instead =
      before.map { toCommit(ShellWord($0).description, "the spec of the sync before it") }
      ?? toCommit("REV", "the spec of a commit")
    return
      "event \(event.id) is a sync that the server made, and the server does not record old values; "
      + "\(revertible); \(instead)"
  }

  private func toCommit(_ revision: String, _ what: String) -> String {
    "apply revert \(ShellWord(row.id)) --to-commit \(revision) puts back \(what)"
  }

  private func short(_ commit: String) -> String { ObjectID.short(commit).shownSafely }
}
