import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// A database in a temporary folder, changed by the `sqlite3` program as a second process.
struct StoreFixture {
  let scratch: Scratch
  let path: String

  /// `schema` replaces the fixture's.
  init(schema: String? = nil) async throws {
    scratch = try Scratch()
    path = scratch.file("tinyforge.db")
    if let schema { try await sql(schema) } else { try await makeTinyforgeDatabase(at: path) }
  }

  @discardableResult
  func sql(_ statement: String) async throws -> String {
    try await mustRun("sqlite3", ["-cmd", ".timeout 5000", path], input: statement)
  }

  /// One opted-in workload.
  func addWorkload(_ id: String = "w1", config: String = #"{"port":1}"#) async throws {
    try await sql(
      """
      INSERT INTO workloads (id, kind, ref_id, name, source_kind, source_config, gitops_enabled)
      VALUES ('\(id)', 'app', '\(id)', 'n-\(id)', 'dockerfile', '\(config)', 1);
      """)
  }

  func open(_ access: SQLiteStore.Access = .readOnly, wait: Duration = .seconds(5))
    throws(Failure) -> SQLiteStore
  {
    try SQLiteStore.open(path, access: access, busyTimeout: wait)
  }

  /// A sync of the row as it is.
  func sync(_ row: Workload, config: String? = #"{"port":2}"#) -> RowWrite {
    RowWrite(
      expected: row, now: "2026-11-24T01:02:03Z", sourceConfig: config,
      mark: .init(commit: "c0ffee", at: "2026-11-24T01:02:03Z"),
      audit: AuditEvent(
        source: "gitops", severity: "info", message: "Synced.", metadata: #"{"a":1}"#))
  }
}

extension SQLiteStore {
  /// Writes one row.
  func write(_ write: RowWrite, under locks: [WorkloadLock] = []) throws(Failure) -> WriteOutcome {
    try self.write([write], under: locks)
  }
}

extension WorkloadStore {
  /// The event log's rows on GitOps of all workloads, the oldest first.
  func syncEvents() throws(Failure) -> [SyncEvent] {
    var events: [SyncEvent] = []
    try forEachSyncEvent { events.append($0) }
    return events
  }
}

/// The failure that `body` throws.
func failure(_ body: () throws(Failure) -> Void) throws -> Failure {
  do {
    try body()
  } catch {
    return error
  }
  throw TestSupportError("nothing was thrown")
}
