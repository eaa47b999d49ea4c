package import TinyforgeCore

/// A Tinyforge database that rows are written in; one task uses it at a time.
package protocol StoreWriter: AnyObject {
  /// Takes the advisory locks of workloads, in the order of `ids`, and waits for those of others until `deadline`.
  ///
  /// `holder` is how this process is described to others. `onWait` is given what is waited for, once for each lock.
  /// Throws `.busy` where a lock is held past the deadline, and `.interrupted` where the run is to end before.
  func lock(
    _ ids: [String], _ holder: LockHolder, before deadline: ContinuousClock.Instant,
    onWait: (String) -> Void
  ) throws(Failure) -> any LockedRows

  /// The lock of one workload, while others are held or their rows are written by another thread; nil where it is not
  /// free, or cannot be taken, or where the engine has no such lock.
  ///
  /// An engine whose locks last as long as a transaction has none: there one workload follows the other.
  func lockAtOnce(_ id: String, _ holder: LockHolder) -> (any LockedRows)?

  /// The database that took the place of this one since; nil where it is still the same.
  func replacement() throws(Failure) -> (any WorkloadStore)?
}

/// The rows of workloads while their locks are held: until ``release()``, the end of this object or of the process.
package protocol LockedRows: WorkloadRows {
  /// Whether the locks still keep others out, so that rows can be read and written under them.
  ///
  /// False once a lock was lost, and in an engine whose locks end with a transaction after each ``write(_:renew:)``.
  var isHeld: Bool { get }

  /// Writes rows and their audit in one transaction, and only if each row is still as expected.
  ///
  /// `renew` is given a write's number and its row where that is another one by now; what it returns is written
  /// instead.
  func write(_ writes: [RowWrite], renew: (Int, Workload) throws(Failure) -> RowWrite?)
    throws(Failure) -> WriteOutcome

  /// Lets go of the locks.
  func release()
}

extension LockedRows {
  /// Writes one row, as it was expected to be.
  package func write(_ write: RowWrite) throws(Failure) -> WriteOutcome {
    try self.write([write]) { (_, _) throws(Failure) in nil }
  }
}
