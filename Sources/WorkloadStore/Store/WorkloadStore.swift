package import TinyforgeCore

/// What a decision on a workload is based on: its row, and what the event log says of it.
package protocol WorkloadRows: AnyObject {
  /// One app's row, by its id as ``Workload/id`` writes it; nil where there is none.
  ///
  /// Throws where several rows have that id.
  func workload(id: String) throws(Failure) -> Workload?

  /// The event log's rows on GitOps of one workload, the oldest first; empty where there is no log that has any.
  func syncEvents(of workload: String) throws(Failure) -> [SyncEvent]
}

extension WorkloadRows {
  /// The row as it is now of a workload that was read before, of the same server; nil where it is gone.
  package func row(of workload: Workload) throws(Failure) -> Workload? {
    try self.workload(id: workload.id)?.labelled(workload.server)
  }
}

/// A Tinyforge database that is open for reading, whatever engine keeps it; one task uses it at a time.
package protocol WorkloadStore: WorkloadRows {
  /// The database as messages name it: a path as it was given, or an address without its password.
  var name: String { get }

  /// What the schema lacks that is of use: said once, as hints.
  var notes: [String] { get }

  /// Every app's row, by name and id; the older rows without a source are not ours.
  func workloads() throws(Failure) -> [Workload]

  /// The workloads that have volumes; none where the database does not tell.
  func workloadsWithVolumes() throws(Failure) -> Set<WorkloadKey>

  // MARK: The event log

  /// Whether the database has a log that can tell of syncs.
  var hasSyncEvents: Bool { get }

  /// Hands out the event log's rows on GitOps of all workloads one by one, the oldest first: the log may be too long
  /// to be held.
  func forEachSyncEvent(_ body: (SyncEvent) -> Void) throws(Failure)

  /// Hands out the event log's rows on GitOps, the latest first, of one workload or of all, as long as
  /// `body` returns true; with `since`, seconds since 1970, those of that time and later.
  ///
  /// The database is not locked while `body` runs: a reader that waits, such as a pager, keeps no writer waiting.
  func forEachLatestSyncEvent(
    of workload: String?, since: Int64?, _ body: (SyncEvent) throws(Failure) -> Bool
  ) throws(Failure)

  // MARK: Saved plans

  /// The key of the digests of saved plans; nil where none was made yet.
  func planKey() throws(Failure) -> [UInt8]?

  /// Where that key is, as messages name it.
  var planKeyPlace: String { get }

  // MARK: The doctor

  /// A command that shows a workload's live config, whatever the type of its id.
  func configCommand(_ workload: Workload) -> Remedy

  /// What looks closer at a failure to read: the failure's own remedy where that is a command.
  func command(lookingInto failure: Failure) -> Remedy

  /// The points in time that rows hold, each with the name of its place, RFC 3339 in UTC.
  ///
  /// Forms that are not known here are left out.
  func recordedTimes() throws(Failure) -> [(place: String, time: String)]

  /// Whether another one is the same database, whatever its name; not where its server tells nobody which it is.
  func isSame(as other: any WorkloadStore) throws(Failure) -> Bool

  // MARK: Writing

  /// Throws if this database is a copy that another one is replicated to; asked before anything is shown.
  func requireOriginal() throws(Failure)

  /// Opens this database for writing; throws where another one is in its place by now: what was seen of one database
  /// is not done to another.
  ///
  /// Other writers are waited for up to `patience`, and no longer than the run goes on.
  func writer(patience: Duration, isInterrupted: @escaping @Sendable () -> Bool) throws(Failure)
    -> any StoreWriter
}

extension WorkloadStore {
  /// Hands out the event log's rows on GitOps, the latest first, of one workload or of all.
  package func forEachLatestSyncEvent(
    of workload: String? = nil, _ body: (SyncEvent) throws(Failure) -> Bool
  ) throws(Failure) {
    try forEachLatestSyncEvent(of: workload, since: nil, body)
  }
}
