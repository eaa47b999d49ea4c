package import TinyforgeCore

extension SQLiteStore {
  /// The triggers that a sync sets off, by their names: what they change or ignore undoes it.
  func triggers() throws(Failure) -> [String] {
    let statement = try connection.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name COLLATE NOCASE "
        + "IN ('workloads', 'event_log') ORDER BY name", "read the schema")
    var names: [String] = []
    while try statement.step() { names.append(statement.value(0).shownText) }
    return names
  }

  /// Columns of the event log that a row must fill and an audit row does not: syncs would fail.
  var unfillableLogColumns: [String] { schema.unfillableLogColumns }

  /// The points in time that rows hold, each with the name of its place, RFC 3339 in UTC.
  ///
  /// Forms that are not known here are left out.
  package func recordedTimes() throws(Failure) -> [(place: String, time: String)] {
    var times: [(String, String)] = []
    if schema.eventLog["created_at"] != nil, schema.eventLogHasRowID {
      let latest = try connection.prepare(
        "SELECT rowid, created_at FROM event_log ORDER BY rowid DESC LIMIT 1", "read the event log")
      if try latest.step(), let time = TimestampForm.rfc3339(of: latest.value(1)) {
        times.append(("event \(latest.integer(0))", time))
      }
    }
    let updated = schema.hasUpdatedAt ? "updated_at" : "NULL"
    let rows = try connection.prepare(
      "SELECT id, gitops_last_sync_at, \(updated) FROM workloads WHERE length(source_kind) > 0",
      "read the workloads")
    while try rows.step() {
      for (column, name) in [(1, "last sync"), (2, "last change")] {
        guard let time = TimestampForm.rfc3339(of: rows.value(column)) else { continue }
        times.append(("the \(name) of workload \(schema.idForm.text(of: rows.value(0)))", time))
      }
    }
    return times
  }
}
