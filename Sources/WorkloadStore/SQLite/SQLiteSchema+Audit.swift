import TinyforgeCore

/// A column of `event_log` that names the workload which a row is about.
struct AuditReference {
  enum Content { case id, name }

  /// Quoted for SQL where that takes it.
  var column: String
  var content: Content
  /// The column is known to hold the id, regardless of the writer: by its name, or as a foreign key.
  var isCertain: Bool
}

extension SQLiteSchema {
  /// Finds the columns by their foreign keys and by their names.
  static func auditReferences(_ eventLog: [String: Column], _ connection: SQLiteConnection)
    throws(Failure) -> [AuditReference]
  {
    var references: [AuditReference] = []
    func add(_ column: String, _ content: AuditReference.Content, isCertain: Bool) {
      let name = quoted(column)
      guard let known = eventLog[column], !known.isGenerated, known.keyPlace == 0,
        !references.contains(where: { $0.column == name })
      else { return }
      references.append(AuditReference(column: name, content: content, isCertain: isCertain))
    }
    for (column, target) in try foreignKeysToWorkloads(from: "event_log", connection) {
      switch target {
      case nil, "id": add(column, .id, isCertain: true)
      case "name": add(column, .name, isCertain: true)
      default: break
      }
    }
    add("workload_id", .id, isCertain: true)
    add("workload", .id, isCertain: false)
    add("workload_name", .name, isCertain: true)
    return references
  }

  /// The columns of a table that refer to `workloads`, with the column there; nil for its primary key.
  static func foreignKeysToWorkloads(from table: String, _ connection: SQLiteConnection)
    throws(Failure) -> [(column: String, target: String?)]
  {
    let statement = try connection.prepare(
      "PRAGMA foreign_key_list(\(table))", "read the schema")
    var keys: [(number: Int64, table: String, column: String, target: String?)] = []
    while try statement.step() {
      let target = statement.value(4) == .null ? nil : lowercased(statement.text(4))
      keys.append(
        (statement.integer(0), lowercased(statement.text(2)), lowercased(statement.text(3)), target)
      )
    }
    // A key of several columns names the workload by none of them alone.
    return keys.filter { key in
      key.table == "workloads" && keys.count { $0.number == key.number } == 1
    }.map { ($0.column, $0.target) }
  }

  /// The columns that surely tell the id of a row's workload.
  var auditIDColumns: [String] {
    auditReferences.filter { $0.content == .id && $0.isCertain }.map(\.column)
  }

  /// What those columns say, as SQL: the first that is not NULL.
  var auditIDExpression: String {
    let columns = auditIDColumns
    return columns.count > 1
      ? "coalesce(\(columns.joined(separator: ", ")))" : columns.first ?? "NULL"
  }

  /// A row's time is ours to give: the table does not compute it.
  var auditTakesTime: Bool { eventLog["created_at"]?.isGenerated == false }

  /// Writes these columns of an audit row.
  static func auditInsert(_ columns: [String]) -> String {
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO event_log (\(columns.joined(separator: ", "))) VALUES (\(marks))"
  }

  static func auditQuery(
    _ columns: [AuditEvent.Column], _ references: [AuditReference], _ hasRowID: Bool
  ) -> String {
    let conditions =
      columns.map { "\($0.rawValue) = ?" } + references.map { "\($0.column) IS ?" }
      + (hasRowID ? ["rowid = ?"] : [])
    return "SELECT 1 FROM event_log WHERE \(conditions.joined(separator: " AND ")) LIMIT 1"
  }

  /// Columns that a row must fill and an audit row does not: syncs would fail.
  var unfillableLogColumns: [String] {
    let references = auditReferences.map(\.column)
    let filled = Set(auditColumns.map(\.rawValue) + ["created_at"])
    guard hasEventLog else { return [] }
    return eventLog.filter { name, column in
      column.isRequired && !filled.contains(name) && !references.contains(Self.quoted(name))
    }.keys.sorted()
  }
}
