import TinyforgeCore

/// Writes rows of a PostgreSQL database; its locks and its writes are one transaction.
final class PostgresWriter: StoreWriter {
  private var store: PostgresStore
  private var connection: PostgresConnection { store.connection }
  /// Why the database could not be reached again; then no other workload waits for it.
  private var absence: Failure?
  /// How often a transaction is begun again that was undone because of others.
  private static let attempts = 10
  /// How long a server that ended is waited for, which may be starting again.
  private static let absencePatience = Duration.seconds(10)

  /// `store` is a connection of its own, to a server that can be written.
  init(_ store: PostgresStore) { self.store = store }

  func lock(
    _ ids: [String], _ holder: LockHolder, before deadline: ContinuousClock.Instant,
    onWait: (String) -> Void
  ) throws(Failure) -> any LockedRows {
    var told = false
    var isReconnected = connection.isBroken
    if isReconnected { try reconnect(before: deadline, onWait) }
    for attempt in 1... {
      let begun = begin(ids, holder, before: deadline) { hint in
        if !told { onWait(hint) }
        told = true
      }
      switch begun {
      case .success(let rows): return try LockedPostgresRows(store, rows)
      case .failure(let fault):
        store.rollBack()
        // What was sent only locks and reads: nothing can have been written.
        if fault.isLost, !isReconnected {
          isReconnected = true
          try reconnect(before: deadline, onWait)
          continue
        }
        guard fault.isWorthAnotherTry, attempt < Self.attempts else {
          throw try failure(fault, ids, holder)
        }
      }
    }
    throw .interrupted
  }

  /// Connects to the same database again, in place of a connection that broke.
  private func reconnect(
    before deadline: ContinuousClock.Instant, _ onWait: (String) -> Void
  ) throws(Failure) {
    if let absence { throw absence }
    onWait("the connection to the database \(store.name.shownSafely) was lost: connecting again")
    let end = min(deadline, .now + Self.absencePatience)
    while true {
      do throws(Failure) {
        return store = try store.sameDatabase(isInterrupted: connection.isInterrupted)
      } catch {
        guard [.network, .busy].contains(error.code), .now < end else {
          if error.code != .interrupted { absence = error }
          throw error
        }
        if connection.isInterrupted() { throw .interrupted }
        Duration.milliseconds(100).sleep()
      }
    }
  }

  /// A lock lasts as long as its transaction: one workload follows the other.
  func lockAtOnce(_ id: String, _ holder: LockHolder) -> (any LockedRows)? { nil }

  /// A connection leads to the same database for as long as it lives.
  func replacement() throws(Failure) -> (any WorkloadStore)? { nil }

  /// Begins a transaction, takes the locks and reads the rows so that no other transaction can change them: all in one
  /// round trip, where nothing is waited for.
  ///
  /// The keys are taken in their own order, so that two processes that want the same ones never wait for each other.
  private func begin(
    _ ids: [String], _ holder: LockHolder, before deadline: ContinuousClock.Instant,
    _ onWait: (String) -> Void
  ) -> Result<[(id: String, found: PostgresResult)], PostgresFault> {
    let keys = Set(ids.map(PostgresLock.key)).sorted()
    let waiting = (keys.map(PostgresLock.statement) + ids.map(lockedRow)).map { statement in
      var statement = statement
      statement.mayWait = true
      return statement
    }
    let statements =
      [
        PostgresStatement("BEGIN ISOLATION LEVEL READ COMMITTED", to: "begin a transaction"),
        Self.settings(holder, patience: deadline - .now),
      ] + waiting
    do throws(PostgresFault) {
      let found = try connection.run(statements) { number in
        if let id = Self.workload(number, ids, keys) {
          onWait(ForeignLock(workload: id, holder: nil, state: .unknown).hint)
        }
      }
      return .success(zip(ids, found.suffix(ids.count)).map { ($0, $1) })
    } catch {
      return .failure(error)
    }
  }

  private func lockedRow(_ id: String) -> PostgresStatement {
    store.rowStatement(id, suffix: " FOR UPDATE")
  }

  /// What holds for this transaction alone, as a pooler needs it; 0 would be to wait without an end.
  private static func settings(_ holder: LockHolder, patience: Duration) -> PostgresStatement {
    PostgresStatement(
      """
      SELECT pg_catalog.set_config('lock_timeout', $1::text, true),
        pg_catalog.set_config('application_name', $2::text, true)
      """,
      ["\(min(max(1, Int64(patience / .milliseconds(1))), 2_000_000_000))", holder.sessionName],
      to: "set the transaction up")
  }

  /// The workload whose lock, or row, the statement of that number waits for.
  private static func workload(_ number: Int, _ ids: [String], _ keys: [Int32]) -> String? {
    let place = number - 2
    if keys.indices.contains(place) {
      return ids.first { PostgresLock.key(of: $0) == keys[place] }
    }
    return ids.indices.contains(place - keys.count) ? ids[place - keys.count] : nil
  }

  /// Why the locks were not taken; of a lock that is held, with its holder.
  private func failure(_ fault: PostgresFault, _ ids: [String], _ holder: LockHolder)
    throws(Failure) -> Failure
  {
    let keys = Set(ids.map(PostgresLock.key)).sorted()
    guard fault.isLockTimeout, let id = Self.workload(fault.statement, ids, keys) else {
      return fault.failure(store.address)
    }
    guard fault.statement < 2 + keys.count else {
      return Failure(
        .busy,
        "another program keeps the row of workload \(id.shownSafely) locked (to read a workload)",
        remedy: "try again later, or see which: \(store.address.psql) -c \(Self.activity)")
    }
    let other = try store.holders()[PostgresLock.key(of: id)].flatMap(\.self)
    return ForeignLock(
      workload: id, holder: other, state: other?.state(on: holder.host) ?? .unknown
    ).failure
  }

  private static let activity =
    "SELECT pid, usename, application_name, state FROM pg_stat_activity WHERE wait_event_type IS NOT NULL"
}

extension PostgresStore {
  /// Ends an open transaction without its changes.
  func rollBack() {
    guard !connection.isBroken, connection.isInTransaction else { return }
    _ = try? connection.run(PostgresStatement("ROLLBACK", to: "undo"), mayCancel: false)
  }

  /// Who holds locks, by the locks' keys; nil within where the session does not say.
  func holders() throws(Failure) -> [Int32: LockHolder?] {
    let found = try run(
      PostgresLock.heldQuery, ["\(PostgresLock.kind)"], to: "read who holds the locks")
    var holders: [Int32: LockHolder?] = [:]
    for row in 0..<found.count {
      let key = Int32(truncatingIfNeeded: found.integer(row, 0))
      holders[key] = .some(found.text(row, 1).flatMap(LockHolder.init(sessionName:)))
    }
    return holders
  }
}
