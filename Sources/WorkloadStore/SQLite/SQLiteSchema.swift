import TinyforgeCore

/// What a database's tables hold, probed: Tinyforge has no version table, and adds columns.
struct SQLiteSchema {
  private static let required = [
    "id", "source_kind", "source_config", "gitops_enabled", "gitops_path", "gitops_last_sync_at",
    "gitops_commit_sha",
  ]

  /// The columns of `workloads`, in lower case, as everywhere here: SQL takes no notice of case.
  let workloads: Set<String>
  /// How the ids of `workloads` are written.
  let idForm: WorkloadIDForm
  /// The columns of `workloads` whose values together no two rows share: the row's number, or the
  /// primary key of a table made `WITHOUT ROWID`.
  let placeColumns: [String]
  /// The columns of `event_log`; empty where there is no such table.
  let eventLog: [String: Column]
  /// False for a table made `WITHOUT ROWID`, whose rows have no number of their own.
  let eventLogHasRowID: Bool

  /// SQLite's count of changes of the schema: as long as it is the same, so is what was probed.
  let version: Int64

  /// Reads the rows of `workloads` that are apps', for ``SQLiteStore`` to take apart.
  let rowsQuery: String
  /// Reads those of an id, and what ``placeColumns`` hold.
  let rowQuery: String
  /// What an audit row is given, of what there are columns for.
  let auditColumns: [AuditEvent.Column]
  /// The columns of `event_log` that name the workload which a row is about.
  let auditReferences: [AuditReference]
  /// Looks for an audit row by all that it records, and by its number where rows have one.
  let auditQuery: String
  /// Writes an audit row: its content, the workload that it is about, and its time.
  let timedAuditInsert: String
  /// Writes an audit row whose time the table gives.
  let auditInsert: String

  struct Column {
    /// As declared, empty where no type is.
    var type: String
    var hasDefault: Bool
    /// The table computes it: it cannot be written.
    var isGenerated: Bool
    /// A row must be given a value for it.
    var isRequired: Bool
    /// Its place in the primary key, from 1 on; 0 for a column outside of it.
    var keyPlace: Int64
  }

  init(probing connection: SQLiteConnection) throws(Failure) {
    version = try Self.version(connection)
    let columns = try Self.columns(of: "workloads", connection)
    workloads = Set(columns.keys)
    eventLog = try Self.columns(of: "event_log", connection)
    eventLogHasRowID = Self.rowNumber(of: "event_log", eventLog, connection) == "rowid"
    let missing = Self.required.filter { columns[$0] == nil }
    guard missing.isEmpty else { throw Self.misfit(workloads, missing, connection.path) }
    idForm = WorkloadIDForm(type: columns["id"]?.type ?? "")
    placeColumns = Self.placeColumns(columns, connection)
    let name = columns["name"] == nil ? "''" : "name"
    let updatedAt = columns["updated_at"] == nil ? "NULL" : "updated_at"
    let selected = """
      id, \(name), source_kind, source_config, gitops_enabled, gitops_path, gitops_last_sync_at,
      gitops_commit_sha, \(updatedAt)
      """
    // An empty BLOB is an empty text to the server, and to length() as well.
    rowsQuery = "SELECT \(selected) FROM workloads WHERE length(source_kind) > 0"
    rowQuery = """
      SELECT \(selected), \(placeColumns.joined(separator: ", ")) FROM workloads
      WHERE length(source_kind) > 0 AND id IS ?
      """
    auditColumns = AuditEvent.Column.allCases.filter { [eventLog] in eventLog[$0.rawValue] != nil }
    auditReferences = try Self.auditReferences(eventLog, connection)
    auditQuery = Self.auditQuery(auditColumns, auditReferences, eventLogHasRowID)
    let written = auditColumns.map(\.rawValue) + auditReferences.map(\.column)
    timedAuditInsert = Self.auditInsert(written + ["created_at"])
    auditInsert = Self.auditInsert(written)
  }

  /// The name of the row's number in a table; nil for one made `WITHOUT ROWID`, and for a view.
  private static func rowNumber(
    of table: String, _ columns: [String: Column], _ connection: SQLiteConnection
  ) -> String? {
    // sqlite.org: a column of one of these names hides the number.
    let name = ["rowid", "_rowid_", "oid"].first { columns[$0] == nil } ?? "rowid"
    let statement = try? connection.prepare(
      "SELECT \(name) FROM \(table) LIMIT 0", "read the schema")
    return statement == nil ? nil : name
  }

  private static func placeColumns(_ columns: [String: Column], _ connection: SQLiteConnection)
    -> [String]
  {
    if let number = rowNumber(of: "workloads", columns, connection) { return [number] }
    let key = columns.filter { $0.value.keyPlace > 0 }.sorted {
      $0.value.keyPlace < $1.value.keyPlace
    }
    return key.isEmpty ? ["id"] : key.map { Self.quoted($0.key) }
  }

  static func quoted(_ column: String) -> String {
    "\"" + column.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }

  static func version(_ connection: SQLiteConnection) throws(Failure) -> Int64 {
    let statement = try connection.prepare("PRAGMA schema_version", "read the schema")
    return try statement.step() ? statement.integer(0) : 0
  }

  var hasName: Bool { workloads.contains("name") }
  var hasUpdatedAt: Bool { workloads.contains("updated_at") }
  /// An audit row can be written.
  var hasEventLog: Bool { eventLog["message"] != nil }
  /// A condition that leaves out what the server records of syncs that failed.
  var syncSeverity: String {
    guard eventLog["severity"] != nil else { return "" }
    return " AND (severity IS NULL OR lower(severity) = '\(SyncAudit.severity)')"
  }

  /// Audit rows can be identified, and read back.
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

  static func columns(of table: String, _ connection: SQLiteConnection) throws(Failure)
    -> [String: Column]
  {
    // table_xinfo lists generated columns too; they can be read as any other.
    let statement = try connection.prepare("PRAGMA table_xinfo(\(table))", "read the schema")
    var columns: [String: Column] = [:]
    while try statement.step() {
      let hasDefault = statement.value(4) != .null
      let type = statement.value(2).shownText
      // A generated column (hidden 2 or 3) fills itself, as does a key that is the row's number.
      let isGenerated = statement.integer(6) > 1
      let isNumber = statement.integer(5) > 0 && type.lowercased() == "integer"
      columns[Self.lowercased(statement.value(1).shownText)] = Column(
        type: type, hasDefault: hasDefault, isGenerated: isGenerated,
        isRequired: statement.integer(3) != 0 && !hasDefault && !isGenerated && !isNumber,
        keyPlace: statement.integer(5))
    }
    return columns
  }

  /// A name in lower case as SQLite compares names: letters of ASCII alone.
  static func lowercased(_ name: String) -> String {
    String(
      decoding: name.utf8.map {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0
      }, as: UTF8.self)
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
