package import TinyforgeCore

extension SQLiteStore {
  /// Whether the database has a log that can tell of syncs.
  package var hasSyncEvents: Bool { schema.hasSyncEvents }

  /// The event log's rows on GitOps of one workload, the oldest first.
  ///
  /// Empty where there is no event log, or one without metadata; rows that do not read as ours are
  /// left out.
  package func syncEvents(of workload: String) throws(Failure) -> [SyncEvent] {
    let (condition, values) = condition(on: workload)
    var events: [SyncEvent] = []
    try forEachSyncEvent(matching: condition, values) { event in
      if event.workload.hasSameBytes(as: workload) { events.append(event) }
    }
    return events
  }

  /// What rows on a workload meet, and perhaps others.
  func condition(on workload: String) -> (sql: String, values: [SQLiteStatement.Value]) {
    // Sifted by SQLite first, so that a long log is not read whole: a plain id is in the
    // metadata as it is, by any writer. Another one may be escaped there in several ways.
    var conditions: [String] = []
    var values: [SQLiteStatement.Value] = []
    if let plain = AuditEvent.plainText(of: workload) {
      conditions.append("instr(metadata, ?) > 0")
      values.append(.string(plain))
      for column in schema.auditIDColumns {
        conditions.append("\(column) IS ?")
        values.append(schema.idForm.value(of: workload))
      }
    }
    return (conditions.isEmpty ? "" : " AND (\(conditions.joined(separator: " OR ")))", values)
  }

  /// Hands out the rows of all workloads one by one, for a log that is too long to be held.
  package func forEachSyncEvent(_ body: (SyncEvent) -> Void) throws(Failure) {
    try forEachSyncEvent(matching: "", [], body)
  }

  private func forEachSyncEvent(
    matching condition: String, _ values: [SQLiteStatement.Value], _ body: (SyncEvent) -> Void
  ) throws(Failure) {
    guard schema.hasSyncEvents else { return }
    let statement = try connection.prepare(
      "\(eventQuery)\(condition) ORDER BY rowid", "read the event log")
    try statement.bind(values)
    while try statement.step() { if let event = event(statement) { body(event) } }
  }

  /// The rows of the log that may be ours, up to further conditions.
  var eventQuery: String {
    let created = schema.eventLog["created_at"] == nil ? "NULL" : "created_at"
    return """
      SELECT rowid, \(created), metadata, \(schema.auditIDExpression) FROM event_log
      WHERE source = '\(SyncAudit.source)'\(schema.syncSeverity)
      """
  }

  /// The present row; nil where it is none of ours, or of before `since`.
  func event(_ row: borrowing SQLiteStatement, since: Int64? = nil) -> SyncEvent? {
    let stored = row.value(1)
    let created = TimestampForm.rfc3339(of: stored)
    if let since {
      guard let time = created.flatMap(UTCTime.seconds(ofRFC3339:)), time >= since else {
        return nil
      }
    }
    return SyncEvent(
      id: row.integer(0), createdAt: created ?? stored.shownText,
      metadata: row.value(2).shownText,
      workload: Self.reference(row.value(3)).map(schema.idForm.text(ofReference:)))
  }

  /// What a column says of the workload; nil where it says nothing.
  private static func reference(_ value: SQLiteStatement.Value) -> SQLiteStatement.Value? {
    switch value {
    case .null: nil
    case .text(let bytes), .blob(let bytes): bytes.isEmpty ? nil : value
    case .integer, .real: value
    }
  }
}
