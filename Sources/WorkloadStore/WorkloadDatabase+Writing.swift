package import TinyforgeCore

extension WorkloadDatabase {
  /// Writes rows and their audit in one transaction, and only if each row is still as expected.
  ///
  /// `locks` are those that the writes rest on: looked at once more before anything is written. `renew` is given a
  /// write's number and its row where that is another one by now; what it returns is written instead.
  package func write(
    _ writes: [RowWrite], under locks: [WorkloadLock] = [],
    renew: (Int, Workload) throws(Failure) -> RowWrite? = { (_, _) throws(Failure) in nil }
  ) throws(Failure) -> WriteOutcome {
    do {
      return try connection.immediateTransaction { () throws(Failure) in
        try attempt(writes, under: locks, renew)
      }
    } catch {
      throw error.code == .io ? certain(error, writes) : error
    }
  }

  /// Inside the transaction: what came of it, and whether it is kept.
  private func attempt(
    _ wanted: [RowWrite], under locks: [WorkloadLock],
    _ renew: (Int, Workload) throws(Failure) -> RowWrite?
  ) throws(Failure) -> (value: WriteOutcome, isKept: Bool) {
    var writes = wanted
    guard locks.allSatisfy(\.isInPlace) else { return (.lockLost, false) }
    try requireSamePlace()
    try renewSchema()
    var events: [Int64?] = []
    for (number, write) in wanted.enumerated() {
      if isInterrupted() { throw .interrupted }
      guard let present = try row(id: write.expected.id) else {
        return (.vanished(write.expected.id), false)
      }
      if !present.workload.isIdentical(to: write.expected) {
        guard let renewed = try renew(number, present.workload) else {
          return (.conflict(present.workload), false)
        }
        writes[number] = renewed
      }
      let write = writes[number]
      try update(write, updatedAt: present.updatedAt)
      events.append(try write.audit.map(insert) ?? nil)
    }
    try requireKept(writes, events)
    return (.written(events), true)
  }

  /// The failure of a disk, with what the rows say of it: a commit whose last sync failed may have
  /// reached the disk all the same.
  private func certain(_ failure: Failure, _ writes: [RowWrite]) -> Failure {
    let isOld = writes.allSatisfy { write in
      let row = try? workload(id: write.expected.id)
      return row?.isIdentical(to: write.expected) == true
    }
    if isOld { return failure }
    return Failure(
      .io,
      "a fault of the disk came between: whether \(path.shownSafely) was changed cannot be told",
      remedy: "check the disk and run the command again: it completes the change, or finds it done")
  }

  /// Writes one row.
  package func write(_ write: RowWrite, under lock: WorkloadLock? = nil) throws(Failure)
    -> WriteOutcome
  {
    try self.write([write], under: lock.map { [$0] } ?? [])
  }

  private func update(_ write: RowWrite, updatedAt: SQLiteStatement.Value) throws(Failure) {
    let assignments = assignments(write, updatedAt: updatedAt)
    let list = assignments.map(\.0).joined(separator: " = ?, ") + " = ?"
    // The comparison stands in the statement as well, whatever a trigger does before it. A config
    // that is no text equals none, so that it can be left alone, but not written over.
    let condition = write.sourceConfig == nil ? "" : " AND source_config = ?"
    let statement = try connection.prepare(
      "UPDATE workloads SET \(list) WHERE id = ?\(condition)", "write the workload")
    let row = write.expected
    let compared = write.sourceConfig == nil ? [row.id] : [row.id, row.sourceConfig]
    try statement.bind(assignments.map(\.1) + compared.map { .string($0) })
    while try statement.step() {}
    guard connection.changedRows == 1 else { throw unkept(row) }
  }

  /// Throws unless everything stands in the database as it was written.
  ///
  /// A trigger may ignore a write, or change what another one wrote: then it is not what was planned
  /// and audited. So this is asked last, when all triggers have run.
  private func requireKept(_ writes: [RowWrite], _ events: [Int64?]) throws(Failure) {
    var results: [String: Workload] = [:]
    for write in writes { results[write.expected.id] = write.result }
    for (id, result) in results {
      guard let row = try workload(id: id), row.isIdentical(to: result) else {
        throw unkept(result)
      }
    }
    guard schema.hasEventLog else { return }
    for (write, event) in zip(writes, events) {
      guard let audit = write.audit else { continue }
      guard try holds(audit, event) else { throw Self.unkeptAudit }
    }
  }

  /// Whether the log holds the row as it was written; of a table whose rows have no numbers, any such.
  private func holds(_ audit: AuditEvent, _ event: Int64?) throws(Failure) -> Bool {
    let statement = try connection.prepare(schema.auditQuery, "read the event log")
    try statement.bind(auditValues(audit) + (event.map { [.integer($0)] } ?? []))
    return try statement.step()
  }

  private func auditValues(_ event: AuditEvent) -> [SQLiteStatement.Value] {
    schema.auditColumns.map { .string(event[$0]) }
  }

  private func unkept(_ row: Workload) -> Failure {
    Failure(
      .database,
      "the database does not keep what is written to the workload \(row.id.shownSafely); "
        + "nothing was changed",
      remedy: Self.triggers)
  }

  private static let unkeptAudit = Failure(
    .database, "the database does not keep the audit row in event_log; nothing was changed",
    remedy: triggers)

  private static let triggers: Remedy =
    "look at its triggers: SELECT sql FROM sqlite_master WHERE type = 'trigger'"

  /// The columns to be set; `updated_at` in the form that it has, or not at all.
  private func assignments(_ write: RowWrite, updatedAt: SQLiteStatement.Value)
    -> [(String, SQLiteStatement.Value)]
  {
    var list: [(String, SQLiteStatement.Value)] = []
    if let config = write.sourceConfig { list.append(("source_config", .string(config))) }
    if let mark = write.mark {
      list.append(("gitops_last_sync_at", .string(mark.at)))
      list.append(("gitops_commit_sha", .string(mark.commit)))
    }
    if let enabled = write.gitopsEnabled {
      list.append(("gitops_enabled", .integer(enabled ? 1 : 0)))
    }
    if let path = write.gitopsPath { list.append(("gitops_path", .string(path))) }
    if write.setsUpdatedAt, let stamp = stamp(write.now, as: updatedAt) {
      list.append(("updated_at", stamp))
    }
    return list
  }

  /// A time in the form of another one; nil where that is of none that is known.
  private func stamp(_ time: String, as other: SQLiteStatement.Value) -> SQLiteStatement.Value? {
    guard let form = TimestampForm(of: other) else { return nil }
    if let last = lastStamp, last.form == form, last.time == time { return last.stamp }
    guard let stamp = form.write(time) else { return nil }
    lastStamp = (form, time, stamp)
    return stamp
  }

  private func insert(_ event: AuditEvent) throws(Failure) -> Int64? {
    guard schema.hasEventLog else { return nil }
    let time = schema.auditNeedsTime ? [try now()] : []
    let statement = try connection.prepare(schema.auditInsert, "write the event log")
    try statement.bind(auditValues(event) + time)
    while try statement.step() {}
    guard connection.changedRows == 1 else { throw Self.unkeptAudit }
    return schema.eventLogHasRowID ? connection.lastInsertedRow : nil
  }

  /// The time for an audit row, in the form of the latest one.
  private func now() throws(Failure) -> SQLiteStatement.Value {
    let now = try connection.prepare("SELECT strftime('%Y-%m-%dT%H:%M:%SZ')", "read the time")
    let text = try now.step() ? now.text(0) : ""
    let order = schema.eventLogHasRowID ? "rowid" : "created_at"
    let latest = try connection.prepare(
      "SELECT created_at FROM event_log ORDER BY \(order) DESC LIMIT 1", "read the event log")
    guard try latest.step() else { return .string(text) }
    return TimestampForm(of: latest.value(0))?.write(text) ?? .string(text)
  }
}
