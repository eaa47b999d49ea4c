package import TinyforgeCore

extension SQLiteStore {
  /// Every app's row, by name and id; the older rows without a source are not ours.
  package func workloads() throws(Failure) -> [Workload] {
    let order = schema.hasName ? "name, id" : "id"
    let statement = try connection.prepare(
      "\(schema.rowsQuery) ORDER BY \(order)", "read the workloads")
    var rows: [Workload] = []
    while try statement.step() { rows.append(workload(statement)) }
    return rows
  }

  /// One app's row, by its id as ``Workload/id`` writes it; nil where there is none.
  ///
  /// Throws where several rows have that id.
  package func workload(id: String) throws(Failure) -> Workload? { try row(id: id)?.workload }

  /// One app's row, with what is needed to write it.
  func row(id: String) throws(Failure) -> StoredRow? {
    let statement = try connection.prepare(schema.rowQuery, "read a workload")
    try statement.bind([schema.idForm.value(of: id)])
    var found: StoredRow?
    while try statement.step() {
      let row = workload(statement)
      // SQLite may take another id for the same: a column's own collation, 1 for 1.0.
      guard row.id.hasSameBytes(as: id) else { continue }
      guard found == nil else { throw Self.ambiguous(id) }
      found = StoredRow(
        workload: row, id: statement.value(0), updatedAt: statement.value(8),
        place: schema.placeColumns.indices.map { statement.value(9 + $0) })
    }
    return found
  }

  /// A statement that an admin can run to see a workload's live config, whatever the type of its id.
  func configQuery(_ workload: Workload) -> String {
    let literal = schema.idForm.value(of: workload.id).literal
    return "SELECT source_config FROM workloads WHERE id IS \(literal)"
  }

  private static func ambiguous(_ id: String) -> Failure {
    Failure(
      .database, "several rows of workloads have the id \(id.shownSafely); none of them is written",
      remedy: "give each workload an id of its own")
  }

  private func workload(_ row: borrowing SQLiteStatement) -> Workload {
    let (config, fault) = Self.sourceConfig(row.value(3))
    var blobs: Workload.BlobColumns = []
    for (column, blob) in Self.textColumns where row.isBlob(column) { blobs.insert(blob) }
    return Workload(
      id: schema.idForm.text(of: row.value(0)), name: row.text(1), sourceKind: row.text(2),
      sourceConfig: config, gitopsEnabled: Self.isOn(row.value(4)), gitopsPath: row.text(5),
      lastSyncAt: row.text(6), lastSyncCommit: row.text(7), blobs: blobs, configFault: fault)
  }

  /// The columns that are written as they are stored, by their places in a row.
  private static let textColumns: [(Int, Workload.BlobColumns)] = [
    (3, .sourceConfig), (5, .gitopsPath), (6, .lastSyncAt), (7, .lastSyncCommit),
  ]

  /// The config's text, or why it is none: Go reads text and BLOBs into the same string.
  private static func sourceConfig(_ value: SQLiteStatement.Value) -> (
    text: String, fault: String?
  ) {
    switch value {
    case .null: return ("", "it is NULL")
    case .text(let bytes), .blob(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else {
        return ("", TextFault.sentence(of: bytes))
      }
      return (text, nil)
    case .integer, .real: return (value.shownText, nil)
    }
  }

  /// A flag as Go reads one: a number, or a word of `strconv.ParseBool`.
  private static func isOn(_ value: SQLiteStatement.Value) -> Bool {
    switch value {
    case .null: false
    case .integer(let number): number != 0
    case .real(let number): number != 0
    case .text, .blob: ["1", "t", "T", "true", "TRUE", "True"].contains(value.shownText)
    }
  }
}

/// A row of `workloads` as it is at this moment.
struct StoredRow {
  var workload: Workload
  /// As it is stored.
  var id: SQLiteStatement.Value
  /// NULL as well where there is no such column.
  var updatedAt: SQLiteStatement.Value
  /// The values of ``SQLiteSchema/placeColumns``, which no other row has.
  var place: [SQLiteStatement.Value]
}
