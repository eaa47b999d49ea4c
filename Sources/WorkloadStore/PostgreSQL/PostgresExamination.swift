import TinyforgeCore

/// What the doctor checks of a PostgreSQL database: the way to it, what its user may do, the tables, and the locks.
struct PostgresExamination {
  private let address: PostgresAddress
  private let request: StoreExamination

  init(_ address: PostgresAddress, _ request: StoreExamination) {
    self.address = address
    self.request = request
  }

  /// Opens the database, unless nothing more can be checked.
  func examine(_ report: inout DoctorReport) -> (any WorkloadStore)? {
    do {
      let store = try PostgresStore(address) { false }
      report.done.formUnion([.database, .permissions, .schema])
      examineServer(store, &report)
      try examinePrivileges(store, &report)
      try examineSchema(store, &report)
      if request.aim == .writing { try examineLocks(store, &report) }
      return store
    } catch {
      let command = address.command(lookingInto: error)
      let isShown = error.remedy?.text.hasSameBytes(as: command.text) == true
      report.add(
        .fault, .database, isShown ? error.message : error.sentence, command: command)
      return nil
    }
  }

  private func examineServer(_ store: PostgresStore, _ report: inout DoctorReport) {
    let version = store.connection.serverVersion
    if version < 120_000 {
      report.add(
        .warning, .database,
        "the server of \(address.name.shownSafely) is PostgreSQL \(version / 10_000); the tools are tested with 15",
        command: "\(address.psql) -c \("SELECT version()")")
    }
    guard store.schema.isStandby, request.aim == .writing else { return }
    report.add(
      .fault, .database,
      "the server of \(address.name.shownSafely) is a standby: plan and drift can be run on it, apply only on the "
        + "primary server",
      command: "\(address.psql) -c \("SELECT * FROM pg_stat_wal_receiver")")
  }

  // MARK: Privileges

  /// What a role needs, as `has_table_privilege` calls it.
  private func needs(_ schema: PostgresSchema) -> [(table: String, privilege: String)] {
    var needs = [(schema.workloads.place, "SELECT")]
    if let log = schema.eventLog { needs.append((log.place, "SELECT")) }
    guard request.aim == .writing, !schema.isStandby else { return needs }
    if let log = schema.eventLog { needs.append((log.place, "INSERT")) }
    return needs
  }

  private func examinePrivileges(_ store: PostgresStore, _ report: inout DoctorReport)
    throws(Failure)
  {
    let user = try store.run("SELECT current_user::text", to: "read the user's name").text(0, 0)
    let role = quotedRole(user ?? "")
    func add(_ what: String, _ grant: String) {
      report.add(
        .fault, .permissions,
        "the role \((user ?? "").shownSafely) may not \(what) of \(address.name.shownSafely)",
        command: "\(address.psql) -c \(grant)")
    }
    for (table, privilege) in needs(store.schema) {
      let found = try store.run(
        "SELECT pg_catalog.has_any_column_privilege($1::text, $2::text)", [table, privilege],
        to: "read the user's privileges")
      if !found.isTrue(0, 0) {
        add("\(privilege) \(table.shownSafely)", "GRANT \(privilege) ON \(table) TO \(role)")
      }
    }
    guard request.aim == .writing, !store.schema.isStandby else { return }
    let columns = store.schema.writtenColumns
    for column in columns {
      let found = try store.run(
        "SELECT pg_catalog.has_column_privilege($1::text, $2::text, 'UPDATE')",
        [store.schema.workloads.place, column.name], to: "read the user's privileges")
      if found.isTrue(0, 0) { continue }
      let list = columns.map(\.quoted).joined(separator: ", ")
      add(
        "UPDATE \(column.name) in \(store.schema.workloads.place.shownSafely)",
        "GRANT UPDATE (\(list)) ON \(store.schema.workloads.place) TO \(role)")
      return
    }
  }

  private func quotedRole(_ name: String) -> String {
    "\"\(name.replacingBytes(of: "\"", with: "\"\""))\""
  }

  // MARK: Content

  private func examineSchema(_ store: PostgresStore, _ report: inout DoctorReport) throws(Failure) {
    for note in store.notes {
      report.add(
        .warning, .schema, note,
        command: "\(address.psql) -c \("\\d workloads") -c \("\\d event_log")")
    }
    try examineRowSecurity(store, &report)
    guard request.aim == .writing else { return }
    let unfillable = store.schema.unfillableLogColumns
    if !unfillable.isEmpty {
      report.add(
        .fault, .schema,
        "event_log demands values for \(unfillable.joined(separator: ", ").shownSafely), which audit "
          + "rows do not have: every sync would be undone",
        command: "\(address.psql) -c \("\\d event_log")")
    }
    let triggers = try self.triggers(store)
    if !triggers.isEmpty {
      report.add(
        .warning, .schema,
        "triggers exist on workloads or event_log (\(triggers.joined(separator: ", ").shownSafely)): a "
          + "sync that one of them changes or ignores is undone",
        command:
          "\(address.psql) -c \("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal")"
      )
    }
  }

  /// Rows that the role cannot see are absent to the tools: nothing tells that they are there.
  private func examineRowSecurity(_ store: PostgresStore, _ report: inout DoctorReport)
    throws(Failure)
  {
    let tables = [store.schema.workloads, store.schema.eventLog].compactMap { $0?.place }
    for table in tables {
      let found = try store.run(
        "SELECT pg_catalog.row_security_active($1::text)", [table], to: "read the schema")
      guard found.isTrue(0, 0) else { continue }
      report.add(
        .warning, .schema,
        "row security is active on \(table.shownSafely): rows that its policies hide from this role are "
          + "neither checked nor written",
        command: "\(address.psql) -c \("SELECT * FROM pg_policies")")
    }
  }

  private func triggers(_ store: PostgresStore) throws(Failure) -> [String] {
    let found = try store.run(
      """
      SELECT tgname::text FROM pg_catalog.pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'
        AND tgrelid IN (pg_catalog.to_regclass($1::text), pg_catalog.to_regclass($2::text)) ORDER BY 1
      """,
      [store.schema.workloads.place, store.schema.eventLog?.place], to: "read the schema")
    return (0..<found.count).compactMap { found.text($0, 0) }
  }

  private func examineLocks(_ store: PostgresStore, _ report: inout DoctorReport) throws(Failure) {
    report.done.insert(.locks)
    for (_, holder) in try store.holders() {
      guard let holder, holder.state(on: request.hostName) == .suspended else { continue }
      report.add(
        .fault, .locks,
        "the lock of a workload is held by process \(holder.processID) of \(holder.actor.shownSafely), which is "
          + "suspended",
        command: "kill -CONT \(holder.processID)")
    }
  }
}

extension PostgresSchema {
  /// The columns that syncs, reverts and opting in write.
  var writtenColumns: [PostgresColumn] {
    [
      sourceConfig, lastSyncAt, lastSyncCommit, gitopsEnabled, gitopsPath,
      updatedAt?.isGenerated == false ? updatedAt : nil,
    ].compactMap(\.self)
  }
}
