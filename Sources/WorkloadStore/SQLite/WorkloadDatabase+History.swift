package import TinyforgeCore

extension WorkloadDatabase {
  /// The event log's rows on GitOps of all workloads, the oldest first.
  ///
  /// Empty where there is no event log, or one without metadata; rows that do not read as ours are
  /// left out.
  package func syncEvents() throws(Failure) -> [SyncEvent] {
    try syncEvents(matching: "", [])
  }

  /// Whether the database has a log that can tell of syncs.
  package var hasSyncEvents: Bool { schema.hasSyncEvents }

  /// The same of one workload.
  package func syncEvents(of workload: String) throws(Failure) -> [SyncEvent] {
    // Sifted by SQLite first, so that a long log is not read whole: a plain id stands in the
    // metadata as it is, whoever wrote it. Another one may be escaped there in several ways.
    var conditions: [String] = []
    var values: [SQLiteStatement.Value] = []
    if let plain = Self.plainText(of: workload) {
      conditions.append("instr(metadata, ?) > 0")
      values.append(.string(plain))
      for column in schema.auditIDColumns {
        conditions.append("\(column) IS ?")
        values.append(schema.idForm.value(of: workload))
      }
    }
    let condition = conditions.isEmpty ? "" : " AND (\(conditions.joined(separator: " OR ")))"
    let events = try syncEvents(matching: condition, values)
    return events.filter { $0.workload.hasSameBytes(as: workload) }
  }

  /// What a plain id looks like in metadata: quoted, and a number in either way; nil for one that may be
  /// escaped.
  private static func plainText(of id: String) -> String? {
    var isNumber = true
    for byte in id.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"):
        isNumber = false
      default: return nil
      }
    }
    return isNumber ? id : "\"\(id)\""
  }

  /// Hands out the same rows one by one, for a log that is too long to be held.
  package func forEachSyncEvent(_ body: (SyncEvent) -> Void) throws(Failure) {
    try forEachSyncEvent(matching: "", [], body)
  }

  private func syncEvents(matching condition: String, _ values: [SQLiteStatement.Value])
    throws(Failure) -> [SyncEvent]
  {
    var events: [SyncEvent] = []
    try forEachSyncEvent(matching: condition, values) { events.append($0) }
    return events
  }

  private func forEachSyncEvent(
    matching condition: String, _ values: [SQLiteStatement.Value], _ body: (SyncEvent) -> Void
  ) throws(Failure) {
    guard schema.hasSyncEvents else { return }
    let created = schema.eventLog["created_at"] == nil ? "NULL" : "created_at"
    let statement = try connection.prepare(
      """
      SELECT rowid, \(created), metadata, \(schema.auditIDExpression) FROM event_log
      WHERE source = '\(SyncAudit.source)'\(schema.syncSeverity)\(condition) ORDER BY rowid
      """, "read the event log")
    try statement.bind(values)
    while try statement.step() {
      let created = statement.value(1)
      let event = SyncEvent(
        id: statement.integer(0),
        createdAt: TimestampForm.rfc3339(of: created) ?? created.shownText,
        metadata: statement.value(2).shownText,
        workload: Self.reference(statement.value(3)).map(schema.idForm.text(ofReference:)))
      if let event { body(event) }
    }
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
