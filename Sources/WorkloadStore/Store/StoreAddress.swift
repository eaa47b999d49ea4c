package import TinyforgeCore

/// Where a database is: what can be known of it and done to it before it is open.
package protocol StoreAddress: Sendable {
  /// The database as messages name it: a path as it was given, or an address without its password.
  var name: String { get }

  /// Opens the database for reading, and probes its schema.
  ///
  /// A program that keeps readers out is waited for up to `patience`, and no longer than the run goes on. `recovers`
  /// says whether a transaction that a crashed writer left may be undone first, where the engine leaves that to readers.
  func open(
    patience: Duration, recovers: Bool, isInterrupted: @escaping @Sendable () -> Bool
  ) throws(Failure) -> any WorkloadStore

  /// Who holds locks at this moment; nothing is taken and nothing waited for. `host` is this machine's name.
  func heldLocks(on host: String) throws(Failure) -> HeldLocks

  /// The key of the digests of saved plans, which is made where there is none yet.
  func makePlanKey() throws(Failure) -> [UInt8]

  /// Checks what the database rests on, adds what is wrong to the report, and opens it for reading; nil if nothing
  /// more can be checked.
  func examine(_ examination: StoreExamination, _ report: inout DoctorReport)
    -> (any WorkloadStore)?
}

extension StoreAddress {
  /// Opens the database for reading, as ``open(patience:recovers:isInterrupted:)`` does.
  package func open(
    patience: Duration, recovers: Bool = true,
    _ isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(Failure) -> any WorkloadStore {
    try open(patience: patience, recovers: recovers, isInterrupted: isInterrupted)
  }
}

/// What a caller wants to do with a database.
package enum DatabaseAim: Sendable {
  /// As plan and drift do.
  case reading
  /// As apply does, and the server.
  case writing
}

/// Who holds the locks of a database.
package struct HeldLocks: Sendable {
  /// The workloads' locks that are held, by the workloads' ids, with their names where these could be read.
  package var locks: [HeldLock]
  /// Who has the database itself locked; nil where no program has.
  package var holder: DatabaseHolder?
  /// Why nothing is known of others.
  package var failures: [Failure]
}
