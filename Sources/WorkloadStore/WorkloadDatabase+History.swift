package import TinyforgeCore

extension WorkloadDatabase {
  /// The event log's rows on GitOps of all workloads, the oldest first.
  ///
  /// Empty where there is no event log, or one without metadata; rows that do not read as ours are
  /// left out.
  package func syncEvents() throws(Failure) -> [SyncEvent] {
    try syncEvents(matching: "", [])
  }

  /// The same of one workload.
  package func syncEvents(of workload: String) throws(Failure) -> [SyncEvent] {
    // Sifted by SQLite first, so that a long log is not read whole: a plain id stands in the
    // metadata as it is, whoever wrote it. Another one may be escaped there in several ways.
    let isPlain = workload.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    let events =
      isPlain
      ? try syncEvents(matching: " AND instr(metadata, ?) > 0", [.string("\"\(workload)\"")])
      : try syncEvents()
    return events.filter { $0.workload.hasSameBytes(as: workload) }
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
      SELECT rowid, \(created), metadata FROM event_log
      WHERE source = '\(SyncAudit.source)'\(condition) ORDER BY rowid
      """, "read the event log")
    try statement.bind(values)
    while try statement.step() {
      let created = statement.value(1)
      let event = SyncEvent(
        id: statement.integer(0),
        createdAt: TimestampForm.rfc3339(of: created) ?? created.shownText,
        metadata: statement.value(2).shownText)
      if let event { body(event) }
    }
  }
}
