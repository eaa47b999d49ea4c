package import TinyforgeCore
import WorkloadStore

/// What the event log says of the syncs of a fleet, by workload.
package struct SyncAuditIndex: Sendable {
  private var records: [WorkloadKey: SyncRecord] = [:]

  /// Of no log at all.
  package init() {}

  /// Of what a snapshot keeps of a log.
  package init(_ records: [WorkloadKey: SyncRecord]) { self.records = records }

  /// Reads the log row by row, and keeps what concerns `workloads`.
  package init(_ databases: [ServerDatabase], of workloads: [Workload]) throws(Failure) {
    let wanted = Set(workloads.map(\.key))
    for database in databases {
      do throws(Failure) {
        try database.store.forEachSyncEvent { event in
          let key = WorkloadKey(event.workload, on: database.server)
          if wanted.contains(key) { records[key, default: SyncRecord()].add(event) }
        }
      } catch {
        throw error.told(of: database.server)
      }
    }
  }

  /// What is kept of a workload; nil where the log has no row of it.
  package func record(of workload: Workload) -> SyncRecord? { records[workload.key] }

  /// What was done to a field of a workload last; nil where nothing was.
  func last(setting field: SpecField, of workload: Workload) -> FieldRecord? {
    records[workload.key]?.fields[field.name]
  }

  /// The commit of a workload's last sync; nil if the log has none.
  func commit(ofLastSyncOf workload: Workload) -> String? {
    guard let sync = records[workload.key]?.sync, !sync.isRevert else { return nil }
    return sync.commit
  }

  /// The spec's path as of the sync of that commit; nil where the latest row is of another.
  func path(ofSync commit: String, of workload: Workload) -> String? {
    guard let sync = records[workload.key]?.sync, sync.commit == commit, !sync.path.isEmpty
    else { return nil }
    return sync.path
  }
}
