package import FleetReading
import Reporting
package import TinyforgeCore
import WorkloadStore

/// What the event log says of GitOps, and the names that it is shown by.
package struct History {
  /// The workloads' names by their ids.
  package let names: [WorkloadKey: String]
  private let database: any WorkloadStore
  /// The id of the workload that is asked for; nil for all.
  private let workload: String?
  private let since: Int64?
  /// The rows whose last sync may be listed.
  private let rows: [Workload]

  /// Finds the workload that is asked for, by id or name; with `since`, seconds since 1970, what was done
  /// then or later.
  ///
  /// A workload that is gone is found by the id that the log knows it by.
  package init(_ workload: String?, of source: ServerDatabase, since: Int64?) throws(Failure) {
    database = source.store
    self.since = since
    let all = try database.workloads()
    names = Dictionary(all.map { ($0.key, $0.name) }) { first, _ in first }
    guard let workload else {
      (self.workload, rows) = (nil, all)
      return
    }
    var isLogged = false
    try database.forEachLatestSyncEvent(of: workload) { _ in
      isLogged = true
      return false
    }
    if isLogged {
      (self.workload, rows) = (workload, all.filter { $0.id.hasSameBytes(as: workload) })
    } else {
      let id = try WorkloadSelection.find(workload, in: all.map { $0.labelled(source.server) }).id
      (self.workload, rows) = (id, all.filter { $0.id.hasSameBytes(as: id) })
    }
  }

  /// Whether the database has a log that records syncs.
  package var hasLog: Bool { database.hasSyncEvents }

  /// Hands out the entries, the latest first, as long as `body` returns true: the events, and with them the last
  /// syncs that rows record while the log holds none of the workload.
  package func forEach(_ body: (HistoryEntry) throws(Failure) -> Bool) throws(Failure) {
    var order = HistoryOrder(recorded: try unlogged())
    var goesOn = true
    try database.forEachLatestSyncEvent(of: workload, since: since) { (event) throws(Failure) in
      for entry in order.entries(upTo: event) where goesOn { goesOn = try body(entry) }
      return goesOn
    }
    for entry in order.rest() where goesOn { goesOn = try body(entry) }
  }

  /// The rows that record a sync and have none in the log.
  private func unlogged() throws(Failure) -> [Workload] {
    let synced = rows.filter { $0.wasSynced && isRecent($0) }
    var missing = Set(synced.map(\.key))
    guard !missing.isEmpty else { return [] }
    try database.forEachLatestSyncEvent(of: workload) { event in
      if event.isSync { missing.remove(WorkloadKey(event.workload)) }
      return !missing.isEmpty
    }
    return synced.filter { missing.contains($0.key) }
  }

  private func isRecent(_ row: Workload) -> Bool {
    guard let since else { return true }
    let time = UTCTime.utc(ofRFC3339: row.lastSyncAt).flatMap(UTCTime.seconds(ofRFC3339:))
    return time.map { $0 >= since } ?? false
  }
}
