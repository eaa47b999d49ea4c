import TinyforgeCore

/// A database in a SQLite file, by the file's path.
struct SQLiteAddress: StoreAddress {
  /// As it was given.
  let path: String

  var name: String { path }

  func open(
    patience: Duration, recovers: Bool, isInterrupted: @escaping @Sendable () -> Bool
  ) throws(Failure) -> any WorkloadStore {
    try SQLiteStore.open(
      path, access: .readOnly, busyTimeout: patience, rollsBack: recovers,
      isInterrupted: isInterrupted)
  }

  func heldLocks(on host: String) throws(Failure) -> HeldLocks {
    let resolved = try SQLiteStore.resolve(path)
    let (locks, failures) = try LockList.held(database: resolved, host: host)
    let holder = DatabaseHolder.current(of: resolved)
    // The names are a courtesy: a database that is busy, or broken, still has its locks listed.
    let database = try? SQLiteStore.open(
      resolved, access: .readOnly, busyTimeout: .zero, rollsBack: false)
    let named = locks.map { lock in
      var lock = lock
      if let row = try? database?.workload(id: lock.workload) { lock.name = row.name }
      return lock
    }
    return HeldLocks(locks: named, holder: holder, failures: failures)
  }

  func makePlanKey() throws(Failure) -> [UInt8] {
    do throws(Failure) {
      return try PlanKey.readOrMake(database: SQLiteStore.resolve(path))
    } catch {
      throw Failure(
        error.code,
        "it needs the key beside the database's locks, which keeps guesses of secrets from being tested "
          + "against it. \(error.message)", remedy: error.remedy)
    }
  }

  func examine(_ examination: StoreExamination, _ report: inout DoctorReport)
    -> (any WorkloadStore)?
  {
    SQLiteExamination(path, examination).examine(&report)
  }
}
