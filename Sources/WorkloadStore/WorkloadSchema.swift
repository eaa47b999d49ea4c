import TinyforgeCore

/// What a database's tables hold, probed: Tinyforge has no version table, and adds columns.
struct WorkloadSchema {
  private static let required = [
    "id", "source_kind", "source_config", "gitops_enabled", "gitops_path", "gitops_last_sync_at",
    "gitops_commit_sha",
  ]

  /// The columns of `workloads`.
  let workloads: Set<String>
  /// The columns of `event_log`; empty where there is no such table.
  let eventLog: [String: Column]
  /// False for a table made `WITHOUT ROWID`, whose rows have no number of their own.
  let eventLogHasRowID: Bool

  /// SQLite's count of changes of the schema: as long as it stands, so does what was probed.
  let version: Int64

  /// Reads the rows of `workloads` that are apps', for ``WorkloadDatabase`` to take apart.
  let rowsQuery: String
  /// Reads the one of an id.
  let rowQuery: String
  /// What an audit row is given, of what there are columns for.
  let auditColumns: [AuditEvent.Column]
  /// Writes an audit row: its columns, and `created_at` where that has no default.
  let auditInsert: String
  /// Looks for an audit row by its columns, and by its number where rows have one.
  let auditQuery: String

  struct Column {
    var hasDefault: Bool
    /// A row must be given a value for it.
    var isRequired: Bool
  }

  init(probing connection: SQLiteConnection) throws(Failure) {
    version = try Self.version(connection)
    let workloads = Set(try Self.columns(of: "workloads", connection).keys)
    self.workloads = workloads
    eventLog = try Self.columns(of: "event_log", connection)
    let numbered = try? connection.prepare("SELECT rowid FROM event_log LIMIT 0", "read the schema")
    eventLogHasRowID = numbered != nil
    let missing = Self.required.filter { !workloads.contains($0) }
    guard missing.isEmpty else { throw Self.misfit(workloads, missing, connection.path) }
    let name = workloads.contains("name") ? "name" : "''"
    let updatedAt = workloads.contains("updated_at") ? "updated_at" : "NULL"
    rowsQuery = """
      SELECT id, \(name), source_kind, source_config, gitops_enabled, gitops_path, gitops_last_sync_at,
      gitops_commit_sha, \(updatedAt) FROM workloads WHERE source_kind <> ''
      """
    rowQuery = rowsQuery + " AND id = ?"
    auditColumns = Self.auditColumns(eventLog)
    let names = auditColumns.map(\.rawValue)
    let conditions = names + (eventLogHasRowID ? ["rowid"] : [])
    auditQuery = """
      SELECT 1 FROM event_log WHERE \(conditions.map { "\($0) = ?" }.joined(separator: " AND ")) LIMIT 1
      """
    let written = names + (Self.needsTime(eventLog) ? ["created_at"] : [])
    auditInsert = """
      INSERT INTO event_log (\(written.joined(separator: ", ")))
      VALUES (\(written.map { _ in "?" }.joined(separator: ", ")))
      """
  }

  private static func auditColumns(_ eventLog: [String: Column]) -> [AuditEvent.Column] {
    AuditEvent.Column.allCases.filter { eventLog[$0.rawValue] != nil }
  }

  /// Whether an audit row is given its time, for the table does not.
  var auditNeedsTime: Bool { Self.needsTime(eventLog) }

  private static func needsTime(_ eventLog: [String: Column]) -> Bool {
    eventLog["created_at"]?.hasDefault == false
  }

  static func version(_ connection: SQLiteConnection) throws(Failure) -> Int64 {
    let statement = try connection.prepare("PRAGMA schema_version", "read the schema")
    return try statement.step() ? statement.integer(0) : 0
  }

  var hasName: Bool { workloads.contains("name") }
  var hasUpdatedAt: Bool { workloads.contains("updated_at") }
  /// An audit row can be written.
  var hasEventLog: Bool { eventLog["message"] != nil }
  /// Audit rows can be told apart, and read back.
  var hasSyncEvents: Bool {
    eventLog["source"] != nil && eventLog["metadata"] != nil && eventLogHasRowID
  }

  var notes: [String] {
    [
      hasName ? nil : "workloads has no name column: workloads are shown by id",
      eventLog.isEmpty
        ? "the database has no event_log table: syncs are not audited in it"
        : hasEventLog
          ? nil : "event_log has no message column: syncs are not audited in it",
      hasEventLog && eventLog["metadata"] == nil
        ? "event_log has no metadata column: audit rows hold a sentence alone" : nil,
    ].compactMap(\.self)
  }

  private static func columns(of table: String, _ connection: SQLiteConnection) throws(Failure)
    -> [String: Column]
  {
    // table_xinfo lists generated columns too; they can be read as any other.
    let statement = try connection.prepare("PRAGMA table_xinfo(\(table))", "read the schema")
    var columns: [String: Column] = [:]
    while try statement.step() {
      let hasDefault = statement.value(4) != .null
      // A generated column (hidden 2 or 3) fills itself, as does a key that is the row's number.
      let isNumber =
        statement.integer(5) > 0 && statement.value(2).shownText.lowercased() == "integer"
      let isFilled = hasDefault || statement.integer(6) > 1 || isNumber
      columns[statement.value(1).shownText] = Column(
        hasDefault: hasDefault, isRequired: statement.integer(3) != 0 && !isFilled)
    }
    return columns
  }

  private static func misfit(_ columns: Set<String>, _ missing: [String], _ path: String)
    -> Failure
  {
    let shown = path.shownSafely
    guard !columns.isEmpty else {
      return Failure(
        .database, "\(shown) has no workloads table: it is not a Tinyforge database",
        remedy: "name Tinyforge's own database file")
    }
    return Failure(
      .database, "the workloads table of \(shown) lacks \(missing.joined(separator: ", "))",
      remedy: "update Tinyforge to a version with GitOps, and start it once: it adds the columns")
  }
}
