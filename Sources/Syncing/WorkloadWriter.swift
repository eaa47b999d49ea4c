import RunningProcess
package import TinyforgeCore
package import WorkloadStore

/// Who writes, and how long others are waited for.
package struct WriterSettings: Sendable {
  /// How long a lock of a workload and other writers of the database are waited for.
  package let lockTimeout: Duration
  /// Who the locks and audit rows name.
  package let author: SyncAuthor

  /// Creates one from its parts.
  package init(lockTimeout: Duration, author: SyncAuthor) {
    self.lockTimeout = lockTimeout
    self.author = author
  }
}

/// Changes rows under their locks, each change with its audit: what sync, revert, enable and disable
/// have in common.
package struct WorkloadWriter {
  let database: WorkloadDatabase
  let author: SyncAuthor
  private let locks: WorkloadLocks
  private let lockTimeout: Duration
  /// Shows a person what is waited for.
  private let hint: (String) -> Void

  /// Opens the database of that path for writing; it must be the file that was `seen` before.
  package init(
    _ path: String, seen: FileIdentity, _ settings: WriterSettings,
    hint: @escaping (String) -> Void
  ) throws(Failure) {
    lockTimeout = settings.lockTimeout
    author = settings.author
    database = try WorkloadDatabase.open(
      path, access: .readWrite, busyTimeout: lockTimeout, expecting: seen,
      isInterrupted: { Interruption.isRequested })
    locks = WorkloadLocks(database: database.resolvedPath)
    self.hint = hint
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
    _ body: (WorkloadDatabase, [WorkloadLock]) async throws(Failure) -> Attempt<Value>
  ) async throws(Failure) -> Value {
    let deadline = ContinuousClock.now + lockTimeout
    var moved: Set<WorkloadKey> = []
    var locks: [WorkloadLock] = []
    defer { for lock in locks { lock.release() } }
    self.locks.prepare(for: ids.count)
    for attempt in 1...Self.attemptLimit where attempt <= Self.leastAttempts || .now < deadline {
      if locks.isEmpty || !locks.allSatisfy(\.isInPlace) {
        for lock in locks { lock.release() }
        locks = []
        for key in Set(ids.map(WorkloadKey.init)).sorted() {
          locks.append(try acquire(key.id, before: deadline))
        }
      }
      switch try await body(database, locks) {
      case .done(let value): return value
      case .again(let id): if let id { moved.insert(WorkloadKey(id)) }
      }
      tellOfChange()
    }
    throw kept(by: moved.sorted().map(\.id))
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
  func lockAtOnce(_ id: String) -> WorkloadLock? {
    guard case .acquired(let lock) = try? locks.attempt(id, holder) else { return nil }
    return lock
  }

  private var holder: WorkloadLock.Holder {
    WorkloadLock.Holder(
      processID: Environment.processID, host: author.host, actor: author.actor,
      since: UTCTime.rfc3339(Environment.now), tool: SyncAuthor.tool)
  }

  private func acquire(_ id: String, before deadline: ContinuousClock.Instant) throws(Failure)
    -> WorkloadLock
  {
    let attempt = try locks.acquire(
      id, holder, timeout: max(.zero, deadline - .now),
      isInterrupted: { Interruption.isRequested },
      onWait: { hint("waiting for the lock: \(told(id, $0))") })
    switch attempt {
    case .acquired(let lock): return lock
    case .held(let holder): throw Failure(.busy, told(id, holder), remedy: remedy(holder))
    }
  }

  private func told(_ id: String, _ holder: WorkloadLock.Holder?) -> String {
    let what = "another sync of workload \(id.shownSafely) is running"
    guard let holder else { return what }
    let state = holder.state(on: author.host) == .suspended ? ", suspended" : ""
    return "\(what): \(holder.tool.shownSafely) of "
      + "\(holder.actor.shownSafely) on \(holder.host.shownSafely), process \(holder.processID)"
      + "\(state), since \(holder.since.shownSafely)"
  }

  private func remedy(_ holder: WorkloadLock.Holder?) -> Remedy {
    guard let holder, holder.state(on: author.host) == .suspended else {
      return "try again later, or see who holds it: apply locks"
    }
    return "let it go on: kill -CONT \(holder.processID), or end it: kill -KILL \(holder.processID)"
  }
}
