internal import CSQLite
import Glibc
import TinyforgeCore

/// One connection to a SQLite file, closed with the object.
final class SQLiteConnection {
  /// Where a connection reads the database.
  enum Place {
    case file
    /// In memory, and never changed.
    case image(DatabaseImage)
    /// A copy of file and log.
    case copy(PrivateCopy)
  }

  let path: String
  private let handle: OpaquePointer
  private let wait: BusyWait
  /// Released after the connection is closed.
  private let hold: DatabaseHold
  private let place: Place
  /// Compiled statements that are not in use: so few that a walk finds one sooner than a
  /// hash of its text would.
  private var idle: [(sql: String, statement: OpaquePointer)] = []
  private var room: RoomForOthers

  /// Opens a database that is there; never creates one.
  ///
  /// `hold` is this process's hold on the file at `path`, which failures name wherever it is read.
  init(
    _ path: String, access: SQLiteStore.Access, wait: BusyWait, hold: DatabaseHold,
    place: Place = .file
  ) throws(Failure) {
    self.path = path
    self.wait = wait
    self.hold = hold
    self.place = place
    room = RoomForOthers(database: path)
    var opened: OpaquePointer?
    let mode = access == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
    // One task uses the connection at a time, so SQLite's own mutexes have nothing to guard.
    let status = sqlite3_open_v2(place.name(path), &opened, mode | SQLITE_OPEN_NOMUTEX, nil)
    guard let opened, status == SQLITE_OK else {
      let fault = SQLiteFault(
        status: status, systemError: opened.map { sqlite3_system_errno($0) } ?? 0)
      sqlite3_close_v2(opened)
      throw fault.failure("open", path: path, text: nil)
    }
    handle = opened
    sqlite3_extended_result_codes(handle, 1)
    wait.install(in: handle)
    // The last connection to close would checkpoint: this process never does (SQLiteLibrary).
    _ = tinyforge_sqlite_no_checkpoint_on_close(handle)
    try load()
    try prepareConnection(access)
  }

  deinit {
    for one in idle { sqlite3_finalize(one.statement) }
    sqlite3_close_v2(handle)
  }

  /// Whether the database is read from a copy, which no other process changes.
  var isCopy: Bool {
    if case .file = place { return false }
    return true
  }

  private func load() throws(Failure) {
    guard case .image(let image) = place else { return }
    let size = Int64(image.bytes.count)
    let start = image.bytes.bindMemory(to: UInt8.self).baseAddress
    let status = sqlite3_deserialize(
      handle, "main", start, size, size, UInt32(SQLITE_DESERIALIZE_READONLY))
    guard status == SQLITE_OK else { throw failure(status, "open") }
  }

  private func prepareConnection(_ access: SQLiteStore.Access) throws(Failure) {
    // sqlite.org: enforcement of foreign keys is off unless a connection asks for it.
    try execute("PRAGMA foreign_keys = ON", "prepare")
    // sqlite.org: 0 turns automatic checkpoints off for this connection.
    try execute("PRAGMA wal_autocheckpoint = 0", "prepare")
    switch access {
    case .readOnly: try execute("PRAGMA query_only = ON", "prepare")
    // sqlite.org: with FULL a commit in WAL mode is synced to disk, and survives a loss of power.
    case .readWrite: try execute("PRAGMA synchronous = FULL", "prepare")
    }
  }

  /// Runs a statement that yields no rows of interest.
  func execute(_ sql: String, _ operation: String) throws(Failure) {
    let statement = try prepare(sql, operation)
    while try statement.step() {}
  }

  /// Compiles a statement, or takes one that was compiled before.
  ///
  /// sqlite.org: a statement whose schema has changed since is compiled anew when it is stepped.
  func prepare(_ sql: String, _ operation: String) throws(Failure) -> SQLiteStatement {
    if let place = idle.firstIndex(where: { $0.sql.hasSameBytes(as: sql) }) {
      let known = idle.remove(at: place)
      return SQLiteStatement(
        known.statement, sql: known.sql, connection: self, operation: operation)
    }
    var statement: OpaquePointer?
    let status = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
    guard status == SQLITE_OK, let statement else { throw failure(status, operation) }
    return SQLiteStatement(statement, sql: sql, connection: self, operation: operation)
  }

  /// Takes a statement back that is no longer used.
  func keep(_ statement: OpaquePointer, sql: String) {
    // Reset at once: a statement in the middle of its rows holds a read transaction open.
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
    idle.append((sql, statement))
  }

  /// How many rows the last statement changed itself, triggers left out.
  var changedRows: Int64 { sqlite3_changes64(handle) }

  var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Whether a transaction is open.
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Whether another file, or none, is by now where the database was opened.
  var isMoved: Bool {
    isCopy
      ? FileIdentity(path) != hold.identity : tinyforge_sqlite_is_moved(handle) == 1
  }

  /// Whether the last call failed for a crashed program's journal, which must be rolled back first.
  var needsRollback: Bool {
    // SQLITE_READONLY_ROLLBACK, a macro that Swift does not see.
    sqlite3_extended_errcode(handle) == SQLITE_READONLY | (3 << 8)
  }

  /// Whether the last call failed because another program has opened the shared memory, and not yet filled it.
  var awaitsOpening: Bool {
    // SQLITE_READONLY_RECOVERY, a macro that Swift does not see.
    sqlite3_extended_errcode(handle) == SQLITE_READONLY | (1 << 8)
  }

  /// Reads for the first time: from then on SQLite has all its files open, and its lock on the database
  /// where there is a log.
  func readFirst() throws(Failure) {
    let version = try prepare("PRAGMA schema_version", "read the schema")
    _ = try version.step()
    if case .copy(let copy) = place { copy.remove() }
  }

  /// Runs `body` in a transaction that holds the write lock from the start.
  ///
  /// Whatever `body` throws, and when it says so, everything is undone.
  func immediateTransaction<Value>(
    _ body: () throws(Failure) -> (value: Value, isKept: Bool)
  ) throws(Failure) -> Value {
    room.wait()
    try execute("BEGIN IMMEDIATE", "begin a transaction")
    let start = ContinuousClock.now
    defer { room.note(since: start) }
    do {
      let result = try body()
      if result.isKept {
        try execute("COMMIT", SQLiteFault.commit)
      } else {
        rollBack()
      }
      return result.value
    } catch {
      rollBack()
      throw error
    }
  }

  /// sqlite.org: some errors have rolled back already; and rolling back never waits.
  private func rollBack() {
    guard isInTransaction else { return }
    sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }

  /// The failure that a status means.
  func failure(_ status: Int32, _ operation: String) -> Failure {
    if status & 0xFF == SQLITE_BUSY, wait.wasInterrupted { return .interrupted }
    let fault = SQLiteFault(status: status, systemError: sqlite3_system_errno(handle))
    return fault.failure(operation, path: path, text: String(cString: sqlite3_errmsg(handle)))
  }
}

extension SQLiteConnection.Place {
  fileprivate func name(_ path: String) -> String {
    switch self {
    case .file: path
    case .image: ":memory:"
    case .copy(let copy): copy.path
    }
  }
}
