import Glibc
import TestSupport
import Testing
import TinyforgeCore

@testable import WorkloadStore

/// The engines that a case of the store's suite runs on, PostgreSQL with each type that `source_config` may have.
enum StoreEngine: String, CaseIterable, CustomTestStringConvertible, Sendable {
  case sqlite, text, json, jsonb

  var testDescription: String { self == .sqlite ? "SQLite" : "PostgreSQL with \(rawValue)" }
  var isSQLite: Bool { self == .sqlite }
}

/// A database with the fixture's schema, changed by `sqlite3` or `psql` as a second process.
struct EngineFixture: Sendable {
  let engine: StoreEngine
  let address: any StoreAddress
  private let scratch: Scratch
  private let cluster: PostgresCluster?
  private let database: String

  /// Another schema takes the place of the fixture's.
  init(_ engine: StoreEngine, schema: String? = nil) async throws {
    self.engine = engine
    scratch = try Scratch()
    guard !engine.isSQLite else {
      cluster = nil
      database = scratch.file("tinyforge.db")
      address = SQLiteAddress(path: database)
      if let schema { try await sql(schema) } else { try await makeTinyforgeDatabase(at: database) }
      return
    }
    let server = try await PostgresCluster.shared
    cluster = server
    database = try await server.makeDatabase(
      schema: schema, configType: schema == nil ? engine.rawValue : "text")
    address = try PostgresAddress(server.address(database))
  }

  @discardableResult
  func sql(_ statements: String) async throws -> String {
    if let cluster { return try await cluster.sql(statements, in: database) }
    return try await mustRun("sqlite3", ["-cmd", ".timeout 5000", database], input: statements)
  }

  /// All that a write could change.
  func content() async throws -> String {
    try await sql("SELECT * FROM workloads ORDER BY id; SELECT * FROM event_log;")
  }

  /// One workload, opted in.
  func addWorkload(
    _ id: String = "w1", name: String? = nil, config: String = #"{"port":1}"#,
    kind: String = "dockerfile"
  ) async throws {
    let texts = [id, id, name ?? "n-\(id)", kind, config].map(sqlText).joined(separator: ", ")
    try await sql(
      """
      INSERT INTO workloads (id, ref_id, name, source_kind, source_config, gitops_enabled, kind)
      VALUES (\(texts), \(engine.isSQLite ? "1" : "true"), 'app');
      """)
  }

  /// A row of the log.
  func log(_ metadata: String, source: String = "gitops") async throws {
    try await sql(
      """
      INSERT INTO event_log (source, severity, message, metadata, created_at)
      VALUES (\(sqlText(source)), 'info', 'x', \(sqlText(metadata)), '2026-01-02 03:04:05Z');
      """)
  }

  func open() throws(Failure) -> any WorkloadStore { try address.open(patience: .seconds(5)) }

  func writer(_ isInterrupted: @escaping @Sendable () -> Bool = { false }) throws(Failure)
    -> any StoreWriter
  {
    try open().writer(patience: .seconds(5), isInterrupted: isInterrupted)
  }

  static let holder = LockHolder(
    processID: getpid(), host: "here", actor: "ann b", since: "2026-11-24T01:02:03Z",
    tool: "apply 1"
  )

  /// Locks workloads, and waits that long.
  func lock(_ ids: [String], _ writer: any StoreWriter, for patience: Duration = .seconds(20))
    throws(Failure) -> any LockedRows
  {
    try writer.lock(ids, Self.holder, before: .now + patience) { _ in }
  }

  /// A sync of the row as it stands.
  func sync(_ row: Workload, config: String? = #"{"port": 2}"#) -> RowWrite {
    RowWrite(
      expected: row, now: "2026-11-24T01:02:03Z", sourceConfig: config,
      mark: .init(commit: "c0ffee", at: "2026-11-24T01:02:03Z"),
      audit: AuditEvent(
        source: "gitops", severity: "info", message: "Synced.",
        metadata: JSONWriter.compact(["workload": .string(row.id)])))
  }

  /// Locks a workload and writes it.
  func write(_ write: RowWrite) throws(Failure) -> WriteOutcome {
    try lock([write.expected.id], writer()).write(write)
  }
}
