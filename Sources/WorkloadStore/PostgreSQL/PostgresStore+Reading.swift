import TinyforgeCore

extension PostgresStore {
  func workloads() throws(Failure) -> [Workload] {
    let found = try run(schema.rowsQuery, to: "read the workloads")
    return (0..<found.count).map { Self.row($0, of: found).workload }
  }

  func workload(id: String) throws(Failure) -> Workload? {
    let found: PostgresResult
    do throws(PostgresFault) {
      found = try connection.run(rowStatement(id))
    } catch {
      // The text is no id of the column's type.
      if error.state.startsWithBytes(of: "22") { return nil }
      throw error.failure(address)
    }
    return try Self.row(of: id, in: found)?.workload
  }

  /// Reads one app's row; `suffix` may lock it.
  func rowStatement(_ id: String, suffix: String = "") -> PostgresStatement {
    PostgresStatement(schema.rowQuery() + suffix, [id], to: "read a workload")
  }

  /// The row of that id; nil where there is none.
  static func row(of id: String, in found: PostgresResult) throws(Failure) -> PostgresRow? {
    // A column may take another id for the same, by its collation.
    let rows = (0..<found.count).map { row($0, of: found) }.filter {
      $0.workload.id.hasSameBytes(as: id)
    }
    guard rows.count <= 1 else {
      throw Failure(
        .database,
        "several rows of workloads have the id \(id.shownSafely); none of them is written",
        remedy: "give each workload an id of its own")
    }
    return rows.first
  }

  /// A row of what ``PostgresSchema/rowQuery(checks:)`` found.
  static func row(_ row: Int, of found: PostgresResult) -> PostgresRow {
    func text(_ column: Int) -> String { found.text(row, column) ?? "" }
    let config = found.text(row, 3)
    let workload = Workload(
      id: text(0), name: text(1), sourceKind: text(2), sourceConfig: config ?? "",
      gitopsEnabled: isOn(text(4)), gitopsPath: text(5), lastSyncAt: PostgresTime.trimmed(text(6)),
      lastSyncCommit: text(7), configFault: config == nil ? "it is NULL" : nil)
    return PostgresRow(workload: workload, updatedAt: found.text(row, 8))
  }

  /// A flag as Go reads one: a number, or a word of `strconv.ParseBool`.
  private static func isOn(_ text: String) -> Bool {
    if let number = Int64(text) { return number != 0 }
    return ["t", "T", "true", "TRUE", "True"].contains(text)
  }

  /// A table without a column that names the workload, or that cannot be read, tells of no workload: the run needs
  /// nothing else of it.
  func workloadsWithVolumes() throws(Failure) -> Set<WorkloadKey> {
    guard let table = schema.volumes else { return [] }
    let key = table.references.first { $0.target == "id" }?.column
    let named = [key, "workload_id", "workload"].compactMap(\.self)
    guard let column = named.compactMap({ table.columns[$0] }).first else { return [] }
    do throws(PostgresFault) {
      let found = try connection.run(
        PostgresStatement(
          "SELECT DISTINCT \(column.asText) FROM \(table.place)",
          to: "read the volumes of workloads"))
      return Set((0..<found.count).compactMap { found.text($0, 0).map(WorkloadKey.init) })
    } catch {
      guard case .refused = error.kind, !error.isWorthAnotherTry else {
        throw error.failure(address)
      }
      return []
    }
  }

  func configCommand(_ workload: Workload) -> Remedy {
    let query =
      "SELECT source_config FROM \(schema.workloads.place) WHERE id = \(sqlText(workload.id))"
    return "\(address.psql) -c \(query)"
  }

  func command(lookingInto failure: Failure) -> Remedy { address.command(lookingInto: failure) }

  func recordedTimes() throws(Failure) -> [(place: String, time: String)] {
    var times: [(String, String)] = []
    if let log = schema.eventLog, let number = schema.eventNumber, let time = schema.auditTime {
      let found = try run(
        "SELECT \(number.asText), \(time.asText) FROM \(log.place) AS t ORDER BY \(number.ordering) DESC LIMIT 1",
        to: "read the event log")
      if found.count > 0, let time = found.text(0, 1).flatMap(PostgresTime.rfc3339) {
        times.append(("event \(found.integer(0, 0))", time))
      }
    }
    let rows = try run(schema.rowsQuery, to: "read the workloads")
    for number in 0..<rows.count {
      let row = Self.row(number, of: rows)
      let found = [
        ("last sync", row.workload.lastSyncAt), ("last change", row.updatedAt ?? ""),
      ]
      for (name, text) in found {
        guard let time = PostgresTime.rfc3339(text) else { continue }
        times.append(("the \(name) of workload \(row.workload.id)", time))
      }
    }
    return times
  }
}

/// A row of `workloads` as it is at this moment.
struct PostgresRow {
  var workload: Workload
  /// As ``PostgresColumn/asText`` writes it; nil for NULL, and where there is no such column.
  var updatedAt: String?
}
