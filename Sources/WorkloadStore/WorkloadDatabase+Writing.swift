package import TinyforgeCore

extension WorkloadDatabase {
  /// Writes a sync: the row and its audit together, and only if the row is still as expected.
  package func write(_ sync: SyncWrite) throws(Failure) -> SyncOutcome {
    try connection.immediateTransaction { () throws(Failure) in
      guard let present = try workload(id: sync.expected.id) else { return (.vanished, false) }
      guard present.isSame(as: sync.expected), try update(sync) else {
        return (.conflict(present), false)
      }
      return (.written(eventID: try sync.audit.map(insert) ?? nil), true)
    }
  }

  /// The comparison stands in the statement itself as well: the row is written as it was read, or
  /// not at all, whatever a trigger did in between.
  private func update(_ sync: SyncWrite) throws(Failure) -> Bool {
    var assignments: [(String, SQLiteStatement.Value)] = [
      ("gitops_last_sync_at", .string(sync.syncedAt)), ("gitops_commit_sha", .string(sync.commit)),
    ]
    if let config = sync.sourceConfig { assignments.append(("source_config", .string(config))) }
    if let stamp = try updatedAt(sync) { assignments.append(("updated_at", stamp)) }
    let list = assignments.map { "\($0.0) = ?" }.joined(separator: ", ")
    let statement = try connection.prepare(
      "UPDATE workloads SET \(list) WHERE id = ? AND source_config = ? AND source_kind = ?",
      "write the workload")
    let row = sync.expected
    try statement.bind(
      assignments.map(\.1) + [
        .string(row.id), .string(row.sourceConfig), .string(row.sourceKind),
      ])
    while try statement.step() {}
    return connection.changedRows == 1
  }

  /// The sync's time in the form that the row's `updated_at` has; nil leaves the column alone.
  private func updatedAt(_ sync: SyncWrite) throws(Failure) -> SQLiteStatement.Value? {
    guard schema.hasUpdatedAt else { return nil }
    let statement = try connection.prepare(
      "SELECT updated_at FROM workloads WHERE id = ?", "read a workload")
    try statement.bind([.string(sync.expected.id)])
    guard try statement.step() else { return nil }
    return TimestampForm(of: statement.value(0))?.write(sync.syncedAt)
  }

  private func insert(_ event: AuditEvent) throws(Failure) -> Int64? {
    guard schema.hasEventLog else { return nil }
    var values: [(String, SQLiteStatement.Value)] = [("message", .string(event.message))]
    if schema.eventLog["source"] != nil { values.append(("source", .string(event.source))) }
    if schema.eventLog["severity"] != nil { values.append(("severity", .string(event.severity))) }
    if schema.eventLog["metadata"] != nil { values.append(("metadata", .string(event.metadata))) }
    if let created = try createdAt() { values.append(("created_at", created)) }
    let statement = try connection.prepare(
      """
      INSERT INTO event_log (\(values.map(\.0).joined(separator: ", ")))
      VALUES (\(values.map { _ in "?" }.joined(separator: ", ")))
      """, "write the event log")
    try statement.bind(values.map(\.1))
    while try statement.step() {}
    return connection.lastInsertedRow
  }

  /// The time of an audit row: the column's own default where it has one, else in the form of the
  /// latest row.
  private func createdAt() throws(Failure) -> SQLiteStatement.Value? {
    guard let column = schema.eventLog["created_at"], !column.hasDefault else { return nil }
    let now = try connection.prepare("SELECT strftime('%Y-%m-%dT%H:%M:%SZ')", "read the time")
    guard try now.step() else { return nil }
    let text = now.value(0).shownText
    let latest = try connection.prepare(
      "SELECT created_at FROM event_log ORDER BY rowid DESC LIMIT 1", "read the event log")
    guard try latest.step() else { return .string(text) }
    return TimestampForm(of: latest.value(0))?.write(text) ?? .string(text)
  }
}

extension Workload {
  /// Equal in everything that a sync rests on or writes, to the byte.
  fileprivate func isSame(as other: Workload) -> Bool {
    let pairs = [
      (sourceKind, other.sourceKind), (sourceConfig, other.sourceConfig),
      (gitopsPath, other.gitopsPath), (lastSyncAt, other.lastSyncAt),
      (lastSyncCommit, other.lastSyncCommit),
    ]
    return gitopsEnabled == other.gitopsEnabled
      && pairs.allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }
}
