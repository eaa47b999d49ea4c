import TinyforgeCore

/// Writes rows of a SQLite database under lock files beside it.
final class SQLiteWriter: StoreWriter {
  private let database: SQLiteStore
  private let locks: WorkloadLocks

  /// `database` is open for writing.
  init(_ database: SQLiteStore) {
    self.database = database
    locks = WorkloadLocks(database: database.resolvedPath)
  }

  func lock(
    _ ids: [String], _ holder: LockHolder, before deadline: ContinuousClock.Instant,
    onWait: (String) -> Void
  ) throws(Failure) -> any LockedRows {
    locks.prepare(for: ids.count)
    var taken: [WorkloadLock] = []
    for id in ids { taken.append(try acquire(id, holder, before: deadline, onWait)) }
    return LockedSQLiteRows(database, taken)
  }

  private func acquire(
    _ id: String, _ holder: LockHolder, before deadline: ContinuousClock.Instant,
    _ onWait: (String) -> Void
  ) throws(Failure) -> WorkloadLock {
    func foreign(_ other: LockHolder?) -> ForeignLock {
      ForeignLock(
        workload: id, holder: other, state: other?.state(on: holder.host) ?? .unknown)
    }
    let attempt = try locks.acquire(
      id, holder, timeout: max(.zero, deadline - .now), isInterrupted: database.isInterrupted,
      onWait: { onWait(foreign($0).hint) })
    switch attempt {
    case .acquired(let lock): return lock
    case .held(let other): throw foreign(other).failure
    }
  }

  func lockAtOnce(_ id: String, _ holder: LockHolder) -> (any LockedRows)? {
    guard case .acquired(let lock) = try? locks.attempt(id, holder) else { return nil }
    return LockedSQLiteRows(database, [lock])
  }

  func replacement() throws(Failure) -> (any WorkloadStore)? {
    guard database.isReplaced else { return nil }
    return try SQLiteStore.open(
      database.path, access: .readOnly, busyTimeout: .seconds(5), rollsBack: false)
  }
}

/// Rows of a SQLite database while their lock files are locked.
private final class LockedSQLiteRows: LockedRows {
  private let database: SQLiteStore
  private let locks: [WorkloadLock]

  init(_ database: SQLiteStore, _ locks: [WorkloadLock]) {
    self.database = database
    self.locks = locks
  }

  var isHeld: Bool { locks.allSatisfy(\.isInPlace) }

  func workload(id: String) throws(Failure) -> Workload? { try database.workload(id: id) }

  func syncEvents(of workload: String) throws(Failure) -> [SyncEvent] {
    try database.syncEvents(of: workload)
  }

  func write(_ writes: [RowWrite], renew: (Int, Workload) throws(Failure) -> RowWrite?)
    throws(Failure) -> WriteOutcome
  {
    try database.write(writes, under: locks, renew: renew)
  }

  func release() { for lock in locks { lock.release() } }
}
