import TinyforgeCore

/// A column of `event_log` that names the workload which a row is about.
struct PostgresAuditReference {
  var column: PostgresColumn
  /// It holds the name, not the id.
  var isName: Bool
  /// The column is known to hold the id, whoever wrote the row: by its name, or as a foreign key.
  var isCertain: Bool
}

extension PostgresSchema {
  /// The number that tells the log's rows apart and orders them; nil where they have none.
  var eventNumber: PostgresColumn? {
    guard let eventLog else { return nil }
    let key = eventLog.key.count == 1 ? eventLog.key.first : nil
    let named = ["id", key].compactMap(\.self).compactMap { eventLog.columns[$0] }
    return named.first { $0.kind == .integer }
  }

  /// An audit row can be written.
  var hasEventLog: Bool { eventLog?.columns["message"] != nil }

  /// Audit rows can be told apart, and read back.
  var hasSyncEvents: Bool {
    eventLog?.columns["source"] != nil && eventLog?.columns["metadata"] != nil && eventNumber != nil
  }

  /// What an audit row is given, of what there are columns for.
  var auditColumns: [(event: AuditEvent.Column, column: PostgresColumn)] {
    AuditEvent.Column.allCases.compactMap { event in
      eventLog?.columns[event.rawValue].map { (event, $0) }
    }
  }

  /// The columns that name the workload, found by their foreign keys and by their names.
  var auditReferences: [PostgresAuditReference] {
    guard let eventLog else { return [] }
    var found: [PostgresAuditReference] = []
    func add(_ name: String, isName: Bool = false, isCertain: Bool = true) {
      guard let column = eventLog.columns[name], !column.isGenerated, !eventLog.key.contains(name),
        !found.contains(where: { $0.column.name.hasSameBytes(as: name) })
      else { return }
      found.append(PostgresAuditReference(column: column, isName: isName, isCertain: isCertain))
    }
    for (column, target) in eventLog.references {
      if target == "id" || target == "name" { add(column, isName: target == "name") }
    }
    add("workload_id")
    add("workload", isCertain: false)
    add("workload_name", isName: true)
    return found
  }

  /// The columns that surely tell the id of a row's workload.
  var auditIDColumns: [PostgresColumn] {
    auditReferences.filter { !$0.isName && $0.isCertain }.map(\.column)
  }

  /// The log's time is ours to give: the table does not compute it.
  var auditTime: PostgresColumn? {
    guard let column = eventLog?.columns["created_at"], !column.isGenerated else { return nil }
    return column
  }

  /// The rows of the log that may be ours, up to further conditions: number, time, metadata, workload.
  var eventQuery: String? {
    guard hasSyncEvents, let eventLog, let number = eventNumber,
      let metadata = eventLog.columns["metadata"]
    else { return nil }
    let created = eventLog.columns["created_at"]?.asText ?? "''"
    let ids = auditIDColumns.map { "NULLIF(\($0.asText), '')" }
    let workload = ids.isEmpty ? "NULL" : "COALESCE(\(ids.joined(separator: ", ")))"
    let severity =
      eventLog.columns["severity"] == nil
      ? ""
      : " AND (severity IS NULL OR pg_catalog.lower((severity)::text) = '\(SyncAudit.severity)')"
    return """
      SELECT \(number.asText), \(created), \(metadata.asText), \(workload) FROM \(eventLog.place) AS t
      WHERE (source)::text = '\(SyncAudit.source)'\(severity)
      """
  }

  /// Columns that a row must fill and an audit row does not: syncs would fail.
  var unfillableLogColumns: [String] {
    guard hasEventLog, let eventLog else { return [] }
    let filled = Set(
      auditColumns.map(\.column.name) + auditReferences.map(\.column.name) + ["created_at"])
    return eventLog.columns.values.filter { $0.isRequired && !filled.contains($0.name) }
      .map(\.name).sorted()
  }
}
