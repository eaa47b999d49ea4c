import FleetReading
package import TinyforgeCore
package import WorkloadStore

/// What the event log tells of GitOps, and the names to tell it by.
package struct History: Sendable {
  /// The latest first; with them the last syncs that rows record while the log holds none of the workload.
  package let entries: [HistoryEntry]
  /// The workloads' names by their ids.
  package let names: [WorkloadKey: String]
  /// The database has a log that tells of syncs.
  package let hasLog: Bool

  /// Reads the events of one workload, by id or name, or of all.
  ///
  /// A workload that is gone is found by the id that the log knows it by.
  package static func read(_ workload: String?, from database: WorkloadDatabase, limit: Int?)
    throws(Failure) -> History
  {
    let rows = try database.workloads()
    let names = Dictionary(rows.map { ($0.key, $0.name) }) { first, _ in first }
    let (events, told) = try events(workload, rows, database)
    let logged = Set(events.lazy.filter(\.isSync).map { WorkloadKey($0.workload) })
    let entries = HistoryEntry.ordered(
      events.reversed(), recorded: told.filter { $0.wasSynced && !logged.contains($0.key) })
    return History(
      entries: Array(entries.prefix(limit ?? .max)), names: names, hasLog: database.hasSyncEvents)
  }

  /// The events, and the rows that they are asked of.
  private static func events(
    _ workload: String?, _ rows: [Workload], _ database: WorkloadDatabase
  ) throws(Failure) -> (events: [SyncEvent], rows: [Workload]) {
    guard let workload else { return (try database.syncEvents(), rows) }
    let events = try database.syncEvents(of: workload)
    if !events.isEmpty { return (events, rows.filter { $0.id.hasSameBytes(as: workload) }) }
    let row = try WorkloadSelection.find(workload, in: rows)
    return (try database.syncEvents(of: row.id), [row])
  }
}
