package import TinyforgeCore

extension WorkloadDatabase {
  /// Every app's row, by name and id; the older rows without a source are not ours.
  package func workloads() throws(Failure) -> [Workload] {
    let order = schema.hasName ? "name, id" : "id"
    let statement = try connection.prepare(
      "\(schema.rowsQuery) ORDER BY \(order)", "read the workloads")
    var rows: [Workload] = []
    while try statement.step() { rows.append(Self.workload(statement)) }
    return rows
  }

  /// One app's row; nil where there is none.
  package func workload(id: String) throws(Failure) -> Workload? { try row(id: id)?.workload }

  /// One app's row, and its `updated_at`, NULL where there is no such column.
  func row(id: String) throws(Failure) -> (workload: Workload, updatedAt: SQLiteStatement.Value)? {
    let statement = try connection.prepare(schema.rowQuery, "read a workload")
    try statement.bind([.string(id)])
    return try statement.step() ? (Self.workload(statement), statement.value(8)) : nil
  }

  private static func workload(_ row: borrowing SQLiteStatement) -> Workload {
    Workload(
      id: row.text(0), name: row.text(1), sourceKind: row.text(2),
      sourceConfig: sourceConfig(row.value(3)), gitopsEnabled: isOn(row.value(4)),
      gitopsPath: row.text(5), lastSyncAt: row.text(6), lastSyncCommit: row.text(7))
  }

  /// What is not text in UTF-8 reads as text that no JSON reader takes, so that it is refused; the
  /// comparison before a write would fail on it as well.
  private static func sourceConfig(_ value: SQLiteStatement.Value) -> String {
    value.validText ?? "\u{FFFD}" + value.shownText
  }

  private static func isOn(_ value: SQLiteStatement.Value) -> Bool {
    if case .integer(let number) = value { return number != 0 }
    return false
  }
}
