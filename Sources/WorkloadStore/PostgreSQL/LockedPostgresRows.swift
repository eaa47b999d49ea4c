import TinyforgeCore

/// Rows of a PostgreSQL database in the transaction that holds their locks.
final class LockedPostgresRows: LockedRows {
  let store: PostgresStore
  var connection: PostgresConnection { store.connection }
  /// As they were when they were locked: no other transaction can change them since.
  private var rows: [WorkloadKey: PostgresRow] = [:]
  /// The transaction goes on.
  private(set) var isHeld = true
  /// The transaction was undone because of others, and may get through if it is begun again.
  private var isOvertaken = false
  /// Something was sent that the server may have committed, or was to be.
  private var mayBeWritten = false

  init(_ store: PostgresStore, _ found: [(id: String, found: PostgresResult)]) throws(Failure) {
    self.store = store
    for (id, found) in found { rows[WorkloadKey(id)] = try PostgresStore.row(of: id, in: found) }
  }

  deinit { release() }

  func release() {
    guard isHeld else { return }
    isHeld = false
    store.rollBack()
  }

  func workload(id: String) throws(Failure) -> Workload? { rows[WorkloadKey(id)]?.workload }

  func syncEvents(of workload: String) throws(Failure) -> [SyncEvent] {
    try store.syncEvents(of: workload)
  }

  func write(_ writes: [RowWrite], renew: (Int, Workload) throws(Failure) -> RowWrite?)
    throws(Failure) -> WriteOutcome
  {
    // Whatever comes of it, the transaction ends, and the locks with it.
    defer { release() }
    var current: [RowWrite] = []
    for (number, write) in writes.enumerated() {
      guard let present = rows[WorkloadKey(write.expected.id)] else {
        return .vanished(write.expected.id)
      }
      if present.workload.isIdentical(to: write.expected) {
        current.append(write)
      } else if let renewed = try renew(number, present.workload) {
        current.append(renewed)
      } else {
        return .conflict(present.workload)
      }
    }
    do throws(Failure) {
      return .written(try carryOut(current))
    } catch {
      if isOvertaken { return .lockLost }
      throw error
    }
  }

  /// Writes, looks at what triggers left, and commits.
  private func carryOut(_ writes: [RowWrite]) throws(Failure) -> [WrittenRow] {
    if connection.isInterrupted() { throw .interrupted }
    let update = PostgresUpdate(store, try auditTime())
    let notes = writes.map { update.note($0, rows[WorkloadKey($0.expected.id)]) }
    mayBeWritten = true
    let results = try exchange(
      writes.flatMap { update.statements($0, rows[WorkloadKey($0.expected.id)]) } + [
        PostgresUpdate.settle
      ])
    var rest = results[...]
    var written: [WrittenRow] = []
    for (write, note) in zip(writes, notes) {
      guard rest.popFirst()?.changedRows == 1 else { throw update.unkept(write.expected) }
      var event: Int64?
      if update.audits(write) {
        guard let result = rest.popFirst(), result.changedRows == 1 else {
          throw update.unkeptAudit
        }
        event = store.schema.eventNumber.map { _ in result.integer(0, 0) }
      }
      written.append(WrittenRow(event: event, note: note))
    }
    try requireKept(writes, written, update)
    if connection.isInterrupted() { throw .interrupted }
    try exchange(PostgresStatement("COMMIT", to: "commit"))
    isHeld = false
    return written
  }

  /// Throws unless the database holds everything as it was written.
  ///
  /// A trigger may ignore a write, or change what another one wrote: then it is not what was planned and audited. So
  /// this is asked last, when all triggers have run.
  private func requireKept(
    _ writes: [RowWrite], _ written: [WrittenRow], _ update: PostgresUpdate
  ) throws(Failure) {
    var last: [WorkloadKey: RowWrite] = [:]
    for write in writes { last[WorkloadKey(write.expected.id)] = write }
    let rows = last.values.map { $0 }
    let events = zip(writes, written).filter { update.audits($0.0) }
    let found = try exchange(
      rows.map(update.rowCheck) + events.map { update.auditCheck($0.0, $0.1.event) })
    for (write, found) in zip(rows, found) {
      guard try update.isKept(write, in: found) else { throw update.unkept(write.expected) }
    }
    guard found.suffix(events.count).allSatisfy({ $0.count > 0 }) else {
      throw update.unkeptAudit
    }
  }

  /// The form of the log's own times, where its column leaves that open: that of its latest row from somebody else,
  /// else of the latest one; nil where there is none.
  private func auditTime() throws(Failure) -> String? {
    if let known = store.auditTime { return known }
    guard let column = store.schema.auditTime, column.kind == .text || column.kind == .integer,
      let log = store.schema.eventLog
    else { return nil }
    let order = store.schema.eventNumber ?? column
    let others =
      log.columns["source"] == nil
      ? "" : "((source)::text IS DISTINCT FROM '\(SyncAudit.source)') DESC, "
    let found = try exchange(
      PostgresStatement(
        "SELECT \(column.asText) FROM \(log.place) AS t ORDER BY \(others)\(order.ordering) DESC LIMIT 1",
        to: "read the event log"))
    let time = found.count > 0 ? found.text(0, 0) : nil
    store.auditTime = .some(time)
    return time
  }

  // MARK: The transaction's statements

  @discardableResult
  private func exchange(_ statement: PostgresStatement) throws(Failure) -> PostgresResult {
    do throws(PostgresFault) {
      return try connection.run(statement, mayCancel: !mayBeWritten)
    } catch {
      throw told(error)
    }
  }

  private func exchange(_ statements: [PostgresStatement]) throws(Failure) -> [PostgresResult] {
    do throws(PostgresFault) {
      return try connection.run(statements)
    } catch {
      throw told(error)
    }
  }

  private func told(_ fault: PostgresFault) -> Failure {
    isOvertaken = fault.isWorthAnotherTry
    guard fault.isLost, mayBeWritten else { return fault.failure(store.address) }
    return Failure(
      .network,
      "unknown: the connection to the database \(store.name.shownSafely) was lost while a change was written; "
        + "whether it was kept cannot be told",
      remedy:
        "look with: apply history, then run the command again: it completes the change, or finds it done"
    )
  }
}
