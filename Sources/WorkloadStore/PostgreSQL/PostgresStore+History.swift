import TinyforgeCore

extension PostgresStore {
  func syncEvents(of workload: String) throws(Failure) -> [SyncEvent] {
    guard let query = schema.eventQuery, let number = schema.eventNumber else { return [] }
    let (condition, values) = condition(on: workload)
    let found = try run(
      "\(query)\(condition) ORDER BY \(number.ordering)", values, to: "read the event log")
    return (0..<found.count).compactMap { Self.event($0, of: found) }.filter {
      $0.workload.hasSameBytes(as: workload)
    }
  }

  func forEachSyncEvent(_ body: (SyncEvent) -> Void) throws(Failure) {
    guard let query = schema.eventQuery, let number = schema.eventNumber else { return }
    do throws(PostgresFault) {
      try connection.forEachRow(
        PostgresStatement("\(query) ORDER BY \(number.ordering)", to: "read the event log")
      ) { row in
        if let event = Self.event(0, of: row) { body(event) }
        return true
      }
    } catch {
      throw error.failure(address)
    }
  }

  func forEachLatestSyncEvent(
    of workload: String?, since: Int64?, _ body: (SyncEvent) throws(Failure) -> Bool
  ) throws(Failure) {
    var last: Int64? = .max
    while let upTo = last {
      let page = try page(upTo: upTo, of: workload)
      for event in page.events where Self.isRecent(event, since) {
        guard try body(event) else { return }
      }
      last = page.next
    }
  }

  private static func isRecent(_ event: SyncEvent, _ since: Int64?) -> Bool {
    guard let since else { return true }
    return UTCTime.seconds(ofRFC3339: event.createdAt).map { $0 >= since } ?? false
  }

  /// How many rows are read at once.
  private static let pageSize = 256

  /// Some events, the latest first, and the number that the next ones begin with; nil after the last ones.
  private func page(upTo last: Int64, of workload: String?) throws(Failure) -> (
    events: [SyncEvent], next: Int64?
  ) {
    guard let query = schema.eventQuery, let number = schema.eventNumber else { return ([], nil) }
    let (condition, values) = workload.map { self.condition(on: $0) } ?? ("", [])
    let found = try run(
      "\(query)\(condition) AND \(number.quoted) <= $\(values.count + 1)::bigint "
        + "ORDER BY \(number.ordering) DESC LIMIT \(Self.pageSize)",
      values + ["\(last)"], to: "read the event log")
    let events = (0..<found.count).compactMap { Self.event($0, of: found) }.filter { event in
      workload.map { event.workload.hasSameBytes(as: $0) } ?? true
    }
    let lowest = found.integer(max(0, found.count - 1), 0)
    return (events, found.count == Self.pageSize && lowest > .min ? lowest - 1 : nil)
  }

  /// What rows on a workload meet, and perhaps others, so that a long log is not sent whole.
  private func condition(on workload: String) -> (sql: String, values: [String?]) {
    // A plain id is in the metadata as it is, whoever wrote it; another one may be escaped there in several ways.
    guard let metadata = schema.eventLog?.columns["metadata"],
      let plain = AuditEvent.plainText(of: workload)
    else { return ("", []) }
    var conditions = ["pg_catalog.strpos(\(metadata.asText), $1::text) > 0"]
    if !schema.auditIDColumns.isEmpty {
      conditions += schema.auditIDColumns.map { "\($0.asText) = $2::text" }
      return (" AND (\(conditions.joined(separator: " OR ")))", [plain, workload])
    }
    return (" AND \(conditions[0])", [plain])
  }

  /// A row of what the event query found; nil where it is none of ours.
  private static func event(_ row: Int, of found: PostgresResult) -> SyncEvent? {
    let stored = found.text(row, 1) ?? ""
    return SyncEvent(
      id: found.integer(row, 0), createdAt: PostgresTime.rfc3339(stored) ?? stored,
      metadata: found.text(row, 2) ?? "", workload: found.text(row, 3))
  }
}
