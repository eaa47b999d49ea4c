import TinyforgeCore

/// The statements that write rows and their audit, and those that look at what became of them.
struct PostgresUpdate {
  private let store: PostgresStore
  private var schema: PostgresSchema { store.schema }
  /// A time of the log, whose form the new rows take where the column leaves that open.
  private let auditTime: String?

  init(_ store: PostgresStore, _ auditTime: String?) {
    self.store = store
    self.auditTime = auditTime
  }

  /// Lets triggers run now that wait for the commit, so that what they do is seen.
  static let settle = PostgresStatement(
    "SET CONSTRAINTS ALL IMMEDIATE", to: "run the deferred triggers")

  /// Whether a write has an audit row.
  func audits(_ write: RowWrite) -> Bool { write.audit != nil && schema.hasEventLog }

  /// The update of a row, and its audit row.
  func statements(_ write: RowWrite, _ present: PostgresRow?) -> [PostgresStatement] {
    [update(write, present)] + (audits(write) ? write.audit.map { [insert($0, write)] } ?? [] : [])
  }

  // MARK: The row

  private func update(_ write: RowWrite, _ present: PostgresRow?) -> PostgresStatement {
    var values: [String?] = []
    func number(_ value: String?) -> Int {
      values.append(value)
      return values.count
    }
    let assignments = self.assignments(write, present).map { column, value in
      "\(column.quoted) = \(column.value(number(value)))"
    }
    var condition = "\(schema.id.quoted) = \(schema.id.value(number(write.expected.id)))"
    // The comparison is in the statement as well, because a trigger may run before it.
    if write.sourceConfig != nil {
      let text = schema.sourceConfig.asText
      condition += " AND \(text) = $\(number(write.expected.sourceConfig))::text"
    }
    return PostgresStatement(
      "UPDATE \(schema.workloads.place) SET \(assignments.joined(separator: ", ")) WHERE \(condition)",
      values, to: "write the workload")
  }

  /// The columns to be set; `updated_at` not at all where its form is unknown.
  private func assignments(_ write: RowWrite, _ present: PostgresRow?) -> [(
    column: PostgresColumn, value: String?
  )] {
    var list: [(PostgresColumn, String?)] = []
    if let config = write.sourceConfig { list.append((schema.sourceConfig, config)) }
    if let mark = write.mark {
      list.append((schema.lastSyncAt, mark.at))
      list.append((schema.lastSyncCommit, mark.commit))
    }
    if let enabled = write.gitopsEnabled {
      list.append((schema.gitopsEnabled, schema.gitopsEnabled.flag(enabled)))
    }
    if let path = write.gitopsPath { list.append((schema.gitopsPath, path)) }
    if write.setsUpdatedAt, let column = schema.updatedAt, !column.isGenerated,
      let time = PostgresTime.written(write.now, in: column, as: present?.updatedAt)
    {
      list.append((column, time))
    }
    return list
  }

  /// What should be known of a write, in a sentence: an `updated_at` that is left alone.
  func note(_ write: RowWrite, _ present: PostgresRow?) -> String? {
    guard write.setsUpdatedAt, let column = schema.updatedAt, !column.isGenerated,
      PostgresTime.written(write.now, in: column, as: present?.updatedAt) == nil
    else { return nil }
    let shown =
      switch present?.updatedAt {
      case nil: "is NULL"
      case "": "is empty"
      case .some(let text): "holds \(String(text.prefix(60)).shownSafely)"
      }
    return "updated_at \(shown), which is not a known form of a time: it was left as it is"
  }

  /// Reads a row that was written, and whether it holds the config that was written.
  func rowCheck(_ write: RowWrite) -> PostgresStatement {
    let check = write.sourceConfig.map { _ in schema.sourceConfig.isSame(as: 2) } ?? "true"
    return PostgresStatement(
      schema.rowQuery(checks: [check]),
      [write.expected.id] + (write.sourceConfig.map { [$0] } ?? []), to: "read a workload")
  }

  /// Whether the row is as it was written.
  func isKept(_ write: RowWrite, in found: PostgresResult) throws(Failure) -> Bool {
    guard var row = try PostgresStore.row(of: write.expected.id, in: found)?.workload,
      found.count == 1, found.isTrue(0, PostgresSchema.rowWidth)
    else { return false }
    let expected = write.result
    // `jsonb` has a form of its own: the server compared the values.
    if write.sourceConfig != nil { row.sourceConfig = expected.sourceConfig }
    return row.isIdentical(to: expected)
  }

  // MARK: The audit row

  /// What an audit row tells, and its time where that is ours to give.
  private func auditValues(_ event: AuditEvent, _ write: RowWrite) -> [(
    column: PostgresColumn, value: String?
  )] {
    schema.auditColumns.map { ($0.column, event[$0.event]) }
      + schema.auditReferences.map {
        ($0.column, $0.isName ? write.expected.name : write.expected.id)
      }
  }

  private func insert(_ event: AuditEvent, _ write: RowWrite) -> PostgresStatement {
    var values = auditValues(event, write)
    if let column = schema.auditTime, let time = stamp(write.now, column) {
      values.append((column, time))
    }
    let columns = values.map(\.column.quoted).joined(separator: ", ")
    let parameters = values.enumerated().map { $1.column.value($0 + 1) }.joined(separator: ", ")
    let returning = schema.eventNumber.map { " RETURNING \($0.asText)" } ?? ""
    let place = schema.eventLog?.place ?? "event_log"
    return PostgresStatement(
      "INSERT INTO \(place) (\(columns)) VALUES (\(parameters))\(returning)", values.map(\.value),
      to: "write the event log")
  }

  /// The time for an audit row; nil where the table gives it.
  private func stamp(_ now: String, _ column: PostgresColumn) -> String? {
    if let time = PostgresTime.written(now, in: column, as: auditTime) { return time }
    return column.hasDefault || column.kind == .integer ? nil : now
  }

  /// Looks for an audit row by all that it tells, and by its number where rows have one.
  func auditCheck(_ write: RowWrite, _ event: Int64?) -> PostgresStatement {
    let values = write.audit.map { auditValues($0, write) } ?? []
    var conditions = values.enumerated().map { $1.column.isSame(as: $0 + 1) }
    var parameters = values.map(\.value)
    if let event, let number = schema.eventNumber {
      parameters.append("\(event)")
      conditions.append("\(number.quoted) = $\(parameters.count)::bigint")
    }
    let place = schema.eventLog?.place ?? "event_log"
    return PostgresStatement(
      "SELECT 1 FROM \(place) WHERE \(conditions.joined(separator: " AND ")) LIMIT 1", parameters,
      to: "read the event log")
  }

  // MARK: Failures

  func unkept(_ row: Workload) -> Failure {
    Failure(
      .database,
      "the database does not keep what is written to the workload \(row.id.shownSafely); "
        + "nothing was changed",
      remedy: triggers)
  }

  var unkeptAudit: Failure {
    Failure(
      .database, "the database does not keep the audit row in event_log; nothing was changed",
      remedy: triggers)
  }

  private var triggers: Remedy {
    let query =
      "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal "
      + "AND tgrelid IN ('workloads'::regclass, to_regclass('event_log'))"
    return "look at its triggers: \(store.address.psql) -c \(query)"
  }
}
