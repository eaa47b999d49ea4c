import TinyforgeCore

/// What a database's tables hold, probed in its catalog: Tinyforge has no version table, and adds columns.
struct PostgresSchema: Sendable {
  private static let required = [
    "id", "source_kind", "source_config", "gitops_enabled", "gitops_path", "gitops_last_sync_at",
    "gitops_commit_sha",
  ]

  /// A table that is there.
  struct Table: Sendable {
    /// Its name with that of its schema, quoted: what the search path says later does not matter.
    var place: String
    var columns: [String: PostgresColumn] = [:]
    /// The columns of its primary key.
    var key: [String] = []
    /// The columns that refer to `workloads` alone, with the column there.
    var references: [(column: String, target: String)] = []
  }

  /// Whether the server is a standby, which cannot be written.
  let isStandby: Bool
  /// The number of the database in its server.
  let database: String
  let workloads: Table
  /// Nil where there is no such table.
  let eventLog: Table?
  /// Nil where there is no such table.
  let volumes: Table?
  let id: PostgresColumn
  let sourceConfig: PostgresColumn
  let gitopsEnabled: PostgresColumn
  let gitopsPath: PostgresColumn
  let lastSyncAt: PostgresColumn
  let lastSyncCommit: PostgresColumn

  init(probing connection: PostgresConnection) throws(Failure) {
    let found = try PostgresCatalog(probing: connection)
    let address = connection.address
    isStandby = found.isStandby
    database = found.database
    guard let table = found.tables["workloads"] else { throw Self.noTable(address) }
    workloads = table
    eventLog = found.tables["event_log"]
    volumes = found.tables["workload_volumes"]
    let missing = Self.required.filter { table.columns[$0] == nil }
    func column(_ name: String) throws(Failure) -> PostgresColumn {
      guard let column = table.columns[name] else { throw Self.misfit(table, missing, address) }
      return column
    }
    id = try column("id")
    sourceConfig = try column("source_config")
    gitopsEnabled = try column("gitops_enabled")
    gitopsPath = try column("gitops_path")
    lastSyncAt = try column("gitops_last_sync_at")
    lastSyncCommit = try column("gitops_commit_sha")
    _ = try column("source_kind")
    guard [.text, .json, .jsonb].contains(sourceConfig.kind) else {
      throw Self.odd(table, sourceConfig, address)
    }
  }

  var name: PostgresColumn? { workloads.columns["name"] }
  var updatedAt: PostgresColumn? { workloads.columns["updated_at"] }

  // MARK: Statements

  /// What is read of a row of `workloads`, as ``PostgresStore`` takes it apart.
  private var selected: String {
    [
      id.asText, name?.asText ?? "''", "(source_kind)::text", sourceConfig.asText,
      gitopsEnabled.asText, gitopsPath.asText, lastSyncAt.asText, lastSyncCommit.asText,
      updatedAt?.asText ?? "NULL",
    ].joined(separator: ", ")
  }

  /// Reads the rows of `workloads` that are apps'.
  var rowsQuery: String {
    let order = [name, id].compactMap(\.self).map { column in
      column.kind == .text ? "\(column.asText) COLLATE \"C\"" : column.ordering
    }
    return "SELECT \(selected) FROM \(workloads.place) AS t WHERE \(isApp) "
      + "ORDER BY \(order.joined(separator: ", "))"
  }

  /// Reads those of an id; `checks` are conditions of which the answers come after the row's columns.
  func rowQuery(checks: [String] = []) -> String {
    let list = ([selected] + checks).joined(separator: ", ")
    return "SELECT \(list) FROM \(workloads.place) WHERE \(isApp) AND \(id.quoted) = \(id.value(1))"
  }

  /// How many columns ``rowQuery(checks:)`` has before the checks.
  static let rowWidth = 9

  private var isApp: String { "(source_kind)::text <> '' AND \(id.quoted) IS NOT NULL" }

  // MARK: What is lacking

  /// What the schema lacks that is of use: said once, as hints.
  var notes: [String] {
    [
      name == nil ? "workloads has no name column: workloads are shown by id" : nil,
      eventLog == nil
        ? "the database has no event_log table: syncs are not audited in it"
        : hasEventLog
          ? nil : "event_log has no message column: syncs are not audited in it",
      hasEventLog && eventLog?.columns["metadata"] == nil
        ? "event_log has no metadata column: audit rows hold a sentence alone" : nil,
    ].compactMap(\.self)
  }

  private static func noTable(_ address: PostgresAddress) -> Failure {
    Failure(
      .database,
      "the database \(address.name.shownSafely) has no workloads table that its user can see",
      remedy: "name Tinyforge's own database; a table in another schema is seen after "
        + "ALTER ROLE ROLE SET search_path = SCHEMA and GRANT USAGE ON SCHEMA SCHEMA TO ROLE")
  }

  private static func misfit(_ table: Table, _ missing: [String], _ address: PostgresAddress)
    -> Failure
  {
    Failure(
      .database,
      "the workloads table of \(address.name.shownSafely) (\(table.place.shownSafely)) lacks \(missing.joined(separator: ", "))",
      remedy: "update Tinyforge to a version with GitOps, and start it once: it adds the columns")
  }

  private static func odd(_ table: Table, _ column: PostgresColumn, _ address: PostgresAddress)
    -> Failure
  {
    let value =
      column.type.hasSameBytes(as: "bytea")
      ? "convert_from(source_config, 'UTF8')" : "source_config::text"
    let text =
      "ALTER TABLE \(table.place) \(column.hasDefault ? "ALTER source_config DROP DEFAULT, " : "")"
      + "ALTER source_config TYPE text USING \(value)"
    return Failure(
      .database,
      "the column source_config of \(address.name.shownSafely) is of the type "
        + "\(column.type.shownSafely), which is not supported: make it text, json or jsonb",
      remedy: "\(address.psql) -c \(text)")
  }
}
