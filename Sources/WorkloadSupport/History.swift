package import TinyforgeCore
import ToolSupport
package import WorkloadStore

/// What the event log tells of GitOps, and the names to tell it by.
package struct History: Sendable {
  /// The latest first.
  package let events: [SyncEvent]
  /// The workloads' names by their ids.
  package let names: [WorkloadKey: String]

  /// Reads the events of one workload, by id or name, or of all.
  ///
  /// A workload that is gone is found by the id that the log knows it by.
  package static func read(_ workload: String?, from database: WorkloadDatabase, limit: Int?)
    throws(Failure) -> History
  {
    let rows = try database.workloads()
    let names = Dictionary(rows.map { ($0.key, $0.name) }) { first, _ in first }
    var events: [SyncEvent]
    if let workload {
      events = try database.syncEvents(of: workload)
      if events.isEmpty {
        events = try database.syncEvents(of: WorkloadSelection.find(workload, in: rows).id)
      }
    } else {
      events = try database.syncEvents()
    }
    events.reverse()
    return History(events: limit.map { Array(events.prefix($0)) } ?? events, names: names)
  }
}

extension DatabaseOptions {
  /// The locks that are held now, by the workloads' ids, and why nothing can be told of others; waits
  /// for nobody.
  package func heldLocks() throws(Failure) -> (
    locks: [HeldLock], writer: DatabaseWriter?, failures: [Failure]
  ) {
    let resolved = try WorkloadDatabase.resolve(path())
    let (locks, failures) = try LockList.held(database: resolved, host: Environment.hostName)
    let writer = DatabaseWriter.current(of: resolved)
    // The names are a courtesy: a database that is busy, or broken, still has its locks told.
    let database = try? WorkloadDatabase.open(
      resolved, access: .readOnly, busyTimeout: .zero, rollsBack: false)
    let named = locks.map { lock in
      var lock = lock
      if let row = try? database?.workload(id: lock.workload) { lock.name = row.name }
      return lock
    }
    return (named, writer, failures)
  }
}
