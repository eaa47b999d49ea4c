package import FleetReading
import RunningProcess
package import TinyforgeCore
package import WorkloadStore

/// Who writes, and how long others are waited for.
package struct WriterSettings: Sendable {
  /// How long a lock of a workload and other writers of the database are waited for.
  package let lockTimeout: Duration
  /// Who the locks and audit rows name.
  package let author: SyncAuthor
  /// Whether a database is written that is a copy of another.
  private let allowsCopy: Bool

  /// Creates one from its parts.
  package init(lockTimeout: Duration, author: SyncAuthor, allowsCopy: Bool = false) {
    self.lockTimeout = lockTimeout
    self.author = author
    self.allowsCopy = allowsCopy
  }

  /// Throws if one of the databases is a copy of another, unless that is allowed.
  package func requireOriginals(_ databases: FleetDatabases) throws(Failure) {
    for database in databases.all {
      do throws(Failure) { try requireOriginal(database.store) } catch {
        throw error.told(of: database.server)
      }
    }
  }

  /// Throws if the database is a copy of another, unless that is allowed.
  package func requireOriginal(_ database: any WorkloadStore) throws(Failure) {
    if !allowsCopy { try database.requireOriginal() }
  }
}

/// Changes rows under their locks, each change with its audit: what sync, revert, enable and disable
/// have in common.
package struct WorkloadWriter {
  let store: any StoreWriter
  let author: SyncAuthor
  private let lockTimeout: Duration
  /// Shows a person what is waited for.
  private let hint: (String) -> Void

  /// Opens a database for writing that was read before.
  package init(
    _ seen: any WorkloadStore, _ settings: WriterSettings, hint: @escaping (String) -> Void
  ) throws(Failure) {
    lockTimeout = settings.lockTimeout
    author = settings.author
    try settings.requireOriginal(seen)
    store = try seen.writer(patience: lockTimeout) { Interruption.isRequested }
    self.hint = hint
  }

  /// Opens the database of a server for writing.
  package init(
    _ databases: FleetDatabases, of server: String?, _ settings: WriterSettings,
    hint: @escaping (String) -> Void
  ) throws(Failure) {
    guard let database = databases[server] else {
      throw Failure(.notFound, "no database of the server \(server ?? "") is given")
    }
    try self.init(database.store, settings) { hint($0.told(of: server)) }
  }

  private static let attemptLimit = 100

  /// The result of an attempt to change rows.
  package enum Attempt<Value> {
    case done(Value)
    /// Somebody else was faster: what moved is read again. The workload that moved, where that is known.
    case again(String?)
  }

  /// Runs `body` under the workloads' locks, again and again until it is done.
  ///
  /// The locks are taken in the order of the ids, whatever order they are named in, so that two
  /// processes that want the same ones never wait for each other. Throws `.busy` where a lock is held
  /// past the timeout, which is that of all of them, or where others change the rows all the time.
  package func locked<Value>(
    _ ids: [String],
    _ body: (any LockedRows) async throws(Failure) -> Attempt<Value>
  ) async throws(Failure) -> Value {
    let deadline = ContinuousClock.now + lockTimeout
    let ids = Set(ids.map(WorkloadKey.init)).sorted().map(\.id)
    var moved: Set<WorkloadKey> = []
    var held: (any LockedRows)?
    defer { held?.release() }
    for attempt in 1...Self.attemptLimit where attempt <= Self.leastAttempts || .now < deadline {
      let rows = try rows(ids, held, before: deadline)
      held = rows
      switch try await body(rows) {
      case .done(let value): return value
      case .again(let id): if let id { moved.insert(WorkloadKey(id)) }
      }
      tellOfChange()
    }
    throw kept(by: moved.sorted().map(\.id))
  }

  /// The rows under the locks that are held, or under new ones once these protect nothing any more.
  private func rows(
    _ ids: [String], _ held: (any LockedRows)?, before deadline: ContinuousClock.Instant
  ) throws(Failure) -> any LockedRows {
    if let held, held.isHeld { return held }
    held?.release()
    return try store.lock(ids, holder, before: deadline, onWait: hint)
  }

  /// Tries that are made however long they take.
  private static let leastAttempts = 3

  private func kept(by ids: [String]) -> Failure {
    let shown = ids.prefix(3).map(\.shownSafely).joined(separator: ", ")
    let more = ids.count > 3 ? " and \(ids.count - 3) more" : ""
    let what = ids.isEmpty ? "the lock's file" : "workload \(shown)\(more)"
    return Failure(
      .busy, "another program changed \(what) at each try", remedy: "try again later")
  }

  func tellOfChange() {
    hint("another program changed the row in between: reading it again")
  }

  /// The workload's lock, where it is free; nil as well where it cannot be taken at all.
  func lockAtOnce(_ id: String) -> (any LockedRows)? { store.lockAtOnce(id, holder) }

  private var holder: LockHolder {
    LockHolder(
      processID: Environment.processID, host: author.host, actor: author.actor,
      since: UTCTime.rfc3339(Environment.now), tool: SyncAuthor.tool)
  }
}
