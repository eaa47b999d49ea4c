package import TinyforgeCore

extension SQLiteStore {
  /// Writes rows and their audit in one transaction, and only if each row is still as expected.
  ///
  /// `locks` are those that the writes rest on: checked once more before anything is written. `renew` is given a
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
    var written: [WrittenRow] = []
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
      let note = try update(write, present)
      let event = try write.audit.map { event throws(Failure) in
        try insert(event, about: present, at: write.now)
      }
      written.append(WrittenRow(event: event ?? nil, note: note))
    }
    try requireKept(writes, written)
    return (.written(written), true)
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

  /// Writes the row; returns what should be known of it.
  private func update(_ write: RowWrite, _ present: StoredRow) throws(Failure) -> String? {
    let (assignments, note) = assignments(write, present)
    let list = assignments.map(\.0).joined(separator: " = ?, ") + " = ?"
    var conditions = schema.placeColumns.map { "\($0) IS ?" }
    var compared = present.place
    // The comparison is in the statement as well, because a trigger may run before it. A config
    // that is not text equals none, so that it can be kept, but not overwritten.
    if write.sourceConfig != nil {
      conditions.append("source_config = ?")
      compared.append(stored(write.expected.sourceConfig, .sourceConfig, in: present.workload))
    }
    let statement = try connection.prepare(
      "UPDATE workloads SET \(list) WHERE \(conditions.joined(separator: " AND "))",
      "write the workload")
    try statement.bind(assignments.map(\.1) + compared)
    while try statement.step() {}
    guard connection.changedRows == 1 else { throw unkept(write.expected) }
    return note
  }

  /// A text in the storage class that its column has in that row.
  private func stored(_ text: String, _ column: Workload.BlobColumns, in row: Workload)
    -> SQLiteStatement.Value
  {
    row.blobs.contains(column) ? .blob(Array(text.utf8)) : .string(text)
  }

  /// Throws unless the database holds everything as it was written.
  ///
  /// A trigger may ignore a write, or change what another one wrote: then it is not what was planned
  /// and audited. So this is asked last, when all triggers have run.
  private func requireKept(_ writes: [RowWrite], _ written: [WrittenRow]) throws(Failure) {
    var results: [WorkloadKey: Workload] = [:]
    for write in writes { results[WorkloadKey(write.expected.id)] = write.result }
    for (write, written) in zip(writes, written) {
      let id = write.expected.id
      let result = results[WorkloadKey(id)] ?? write.result
      guard let row = try row(id: id), row.workload.isIdentical(to: result) else {
        throw unkept(result)
      }
      guard schema.hasEventLog, let audit = write.audit else { continue }
      let values = auditValues(audit, row.id, name: write.expected.name)
      guard try holds(values, written.event) else { throw Self.unkeptAudit }
    }
  }

  /// Whether the log holds the row as it was written; of a table whose rows have no numbers, any such.
  private func holds(_ values: [SQLiteStatement.Value], _ event: Int64?) throws(Failure) -> Bool {
    let statement = try connection.prepare(schema.auditQuery, "read the event log")
    try statement.bind(values + (event.map { [.integer($0)] } ?? []))
    return try statement.step()
  }

  /// What the log records of an event, in the order of its columns; `id` is the workload's as stored.
  private func auditValues(_ event: AuditEvent, _ id: SQLiteStatement.Value, name: String)
    -> [SQLiteStatement.Value]
  {
    schema.auditColumns.map { .string(event[$0]) }
      + schema.auditReferences.map { $0.content == .id ? id : .string(name) }
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

  /// The columns to be set, each in the storage class and form that it has; `updated_at` not at all where its
  /// form is unknown, which the note says.
  private func assignments(_ write: RowWrite, _ present: StoredRow)
    -> (list: [(String, SQLiteStatement.Value)], note: String?)
  {
    let row = present.workload
    var list: [(String, SQLiteStatement.Value)] = []
    if let config = write.sourceConfig {
      list.append(("source_config", stored(config, .sourceConfig, in: row)))
    }
    if let mark = write.mark {
      list.append(("gitops_last_sync_at", stored(mark.at, .lastSyncAt, in: row)))
      list.append(("gitops_commit_sha", stored(mark.commit, .lastSyncCommit, in: row)))
    }
    if let enabled = write.gitopsEnabled {
      list.append(("gitops_enabled", .integer(enabled ? 1 : 0)))
    }
    if let path = write.gitopsPath {
      list.append(("gitops_path", stored(path, .gitopsPath, in: row)))
    }
    guard write.setsUpdatedAt, schema.hasUpdatedAt else { return (list, nil) }
    guard let stamp = stamp(write.now, as: present.updatedAt) else {
      return (list, Self.leftAlone(present.updatedAt))
    }
    list.append(("updated_at", stamp))
    return (list, nil)
  }

  private static func leftAlone(_ value: SQLiteStatement.Value) -> String {
    let shown =
      switch value {
      case .null: "is NULL"
      case .text([]), .blob([]): "is empty"
      default: "holds \(String(value.shownText.prefix(60)).shownSafely)"
      }
    return
      "updated_at \(shown), which is not a known form of a time: it was left as it is"
  }

  /// A time in the form of another one; nil where that is of none that is known.
  private func stamp(_ time: String, as other: SQLiteStatement.Value) -> SQLiteStatement.Value? {
    guard let form = TimestampForm(of: other) else { return nil }
    if let last = lastStamp, last.form == form, last.time == time { return last.stamp }
    guard let stamp = form.write(time) else { return nil }
    lastStamp = (form, time, stamp)
    return stamp
  }

  private func insert(_ event: AuditEvent, about row: StoredRow, at time: String) throws(Failure)
    -> Int64?
  {
    guard schema.hasEventLog else { return nil }
    let stamp = try auditStamp(time)
    let statement = try connection.prepare(
      stamp == nil ? schema.auditInsert : schema.timedAuditInsert, "write the event log")
    try statement.bind(
      auditValues(event, row.id, name: row.workload.name) + (stamp.map { [$0] } ?? []))
    while try statement.step() {}
    guard connection.changedRows == 1 else { throw Self.unkeptAudit }
    return schema.eventLogHasRowID ? connection.lastInsertedRow : nil
  }

  /// The time for an audit row, in the form of the log's own rows; nil where the table gives it.
  private func auditStamp(_ time: String) throws(Failure) -> SQLiteStatement.Value? {
    guard schema.auditTakesTime else { return nil }
    if let form = try auditForm() { return form.write(time) }
    return schema.eventLog["created_at"]?.hasDefault == true ? nil : .string(time)
  }

  /// The form of the times in the log: that of its latest row from somebody else, for an earlier version of this
  /// toolkit left it to the table, else of the latest one.
  private func auditForm() throws(Failure) -> TimestampForm? {
    if let known = logForm { return known }
    let order = schema.eventLogHasRowID ? "rowid" : "created_at"
    let others =
      schema.eventLog["source"] == nil ? [] : [" WHERE source IS NOT '\(SyncAudit.source)'"]
    var form: TimestampForm?
    for condition in others + [""] where form == nil {
      let latest = try connection.prepare(
        "SELECT created_at FROM event_log\(condition) ORDER BY \(order) DESC LIMIT 1",
        "read the event log")
      if try latest.step() { form = TimestampForm(of: latest.value(0)) }
    }
    logForm = .some(form)
    return form
  }
}
