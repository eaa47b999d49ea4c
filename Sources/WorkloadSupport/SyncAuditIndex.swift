package import TinyforgeCore
package import WorkloadStore

/// What the event log tells of the syncs of a fleet, by workload.
package struct SyncAuditIndex: Sendable {
  private struct Entry {
    /// The latest row of a sync.
    var sync: SyncEvent
    /// The latest row that set each field.
    var setting: [String: ReportedDrift.SyncEvent]
  }

  private var entries: [WorkloadKey: Entry] = [:]

  /// Of no log at all.
  package init() {}

  /// Reads the log row by row, and keeps what concerns `workloads`.
  package init(_ database: WorkloadDatabase, of workloads: [Workload]) throws(Failure) {
    let wanted = Set(workloads.map(\.key))
    try database.forEachSyncEvent { event in
      if wanted.contains(WorkloadKey(event.workload)) { add(event) }
    }
  }

  private mutating func add(_ event: SyncEvent) {
    var entry = entries[WorkloadKey(event.workload)] ?? Entry(sync: event, setting: [:])
    if event.isSync { entry.sync = event }
    for field in SpecFieldTable.all where event.sets(field) {
      entry.setting[field.name] = ReportedDrift.SyncEvent(
        id: event.id, at: event.createdAt, actor: event.actor.withoutCredentials)
    }
    entries[WorkloadKey(event.workload)] = entry
  }

  /// The latest row that set a field of a workload; nil where none did.
  func event(setting field: SpecField, of workload: String) -> ReportedDrift.SyncEvent? {
    entries[WorkloadKey(workload)]?.setting[field.name]
  }

  /// The commit of a workload's last sync; nil if the log has none.
  func commit(ofLastSyncOf workload: String) -> String? {
    guard let sync = entries[WorkloadKey(workload)]?.sync, sync.kind == .sync else { return nil }
    return sync.commit
  }

  /// The spec's path as of the sync of that commit; nil where the latest row is of another.
  func path(ofSync commit: String, of workload: String) -> String? {
    guard let sync = entries[WorkloadKey(workload)]?.sync, sync.isSync,
      sync.commit == commit,
      !sync.path.isEmpty
    else { return nil }
    return sync.path
  }
}
