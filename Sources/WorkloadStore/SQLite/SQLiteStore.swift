internal import CPosix
import Glibc
package import TinyforgeCore

/// A Tinyforge database in a SQLite file; one task uses it at a time.
package final class SQLiteStore {
  /// What a connection may do.
  package enum Access: Sendable { case readOnly, readWrite }

  /// The path as it was given.
  package let path: String
  /// The path with all links resolved: the locks are beside this one.
  package let resolvedPath: String
  /// Which file it is: another file may be at the same path later.
  let identity: FileIdentity
  let connection: SQLiteConnection
  /// Whether the run is to end: then nothing more is waited for, and no transaction is carried on.
  let isInterrupted: @Sendable () -> Bool
  private(set) var schema: SQLiteSchema
  /// A time as it was written last, for the rows of one form and second.
  var lastStamp: (form: TimestampForm, time: String, stamp: SQLiteStatement.Value)?
  /// The form of the event log's times, once it was looked for; nil within where none is known.
  var logForm: TimestampForm??

  /// Opens a database that is there, and probes its schema.
  ///
  /// Refuses another file than `expected`, where that is given: what was seen of one database is not
  /// done to another.
  ///
  /// A reader rolls a crashed writer's journal back where it may, as SQLite does, unless `rollsBack` is
  /// false.
  package static func open(
    _ path: String, access: Access, busyTimeout: Duration, expecting expected: FileIdentity? = nil,
    rollsBack: Bool = true, isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(Failure) -> SQLiteStore {
    let resolved = try resolve(path)
    try requireSafePlace(resolved, access)
    let opening = try DatabaseOpening(
      resolved, busyTimeout: busyTimeout, isInterrupted: isInterrupted)
    let connection =
      switch access {
      case .readOnly: try opening.reader(rollsBack: rollsBack)
      case .readWrite: try opening.writer()
      }
    let database = SQLiteStore(
      path: path, resolvedPath: resolved, identity: opening.file.identity,
      connection: connection, schema: try SQLiteSchema(probing: connection),
      isInterrupted: isInterrupted)
    try database.requireSamePlace()
    guard expected.map({ $0 == database.identity }) ?? true else { throw database.exchanged }
    return database
  }

  /// Whether another file is at the path by now, or none.
  var isReplaced: Bool { connection.isMoved }

  /// Throws if another file is at the path by now, or none.
  ///
  /// A database that was exchanged for another one would take a write with it to nowhere.
  func requireSamePlace() throws(Failure) {
    guard isReplaced else { return }
    throw exchanged
  }

  private var exchanged: Failure {
    Failure(
      .database,
      "another file has taken the place of the database \(path.shownSafely); "
        + "nothing was written",
      remedy: "run the command again, on the database that is there now")
  }

  private init(
    path: String, resolvedPath: String, identity: FileIdentity, connection: SQLiteConnection,
    schema: SQLiteSchema, isInterrupted: @escaping @Sendable () -> Bool
  ) {
    self.path = path
    self.resolvedPath = resolvedPath
    self.identity = identity
    self.connection = connection
    self.schema = schema
    self.isInterrupted = isInterrupted
  }

  /// What the schema lacks that is of use: said once, as hints.
  package var notes: [String] { schema.notes }

  /// Probes the schema again where it was changed since: the server adds columns as it starts.
  func renewSchema() throws(Failure) {
    guard try SQLiteSchema.version(connection) != schema.version else { return }
    schema = try SQLiteSchema(probing: connection)
    logForm = nil
  }

  /// Refuses places where the file alone is not the database, and for a write, where the lock before it
  /// could not be relied on.
  private static func requireSafePlace(_ resolved: String, _ access: Access) throws(Failure) {
    if access == .readWrite, let network = FileSystemKind.network(at: resolved) {
      throw network.refusal(resolved)
    }
    if MountTable.isMountPoint(resolved) { throw mountedAlone(resolved) }
    var facts = stat()
    guard stat(resolved, &facts) == 0, facts.st_nlink > 1 else { return }
    throw severalNames(resolved, facts)
  }

  /// sqlite.org: the log is found by the database's name, so two names have two logs, and programs that
  /// open both do not see each other.
  private static func severalNames(_ resolved: String, _ facts: stat) -> Failure {
    Failure(
      .denied,
      "the database \(resolved.shownSafely) has \(facts.st_nlink) names (hard links), of which each "
        + "has a write-ahead log and locks of its own: what is written by another name is not seen here",
      remedy: "remove all names but the server's own: find / -xdev -inum \(facts.st_ino)")
  }

  /// The log and the locks are beside the file by its name, and here is only the file: a program
  /// that knows it by its other name has others (a container that was given the file as a volume).
  static func mountedAlone(_ resolved: String) -> Failure {
    Failure(
      .denied,
      "the database \(resolved.shownSafely) is mounted as a single file, so that its write-ahead log "
        + "and its locks would not be those of who has the file in its folder",
      remedy: "mount the folder that contains it, or run where that folder is")
  }

  /// The causes of what SQLite only calls "unable to open" are distinguished here.
  static func resolve(_ path: String) throws(Failure) -> String {
    guard let real = realpath(path, nil) else {
      switch errno {
      case ENOENT, ENOTDIR:
        throw Failure(
          .notFound, "there is no database at \(path.shownSafely)",
          remedy: "check the path given with --db or TINYFORGE_DB")
      default:
        throw Failure(
          .denied, "the database \(path.shownSafely) cannot be reached",
          remedy: "check the permissions of the folders on the way")
      }
    }
    defer { free(real) }
    var facts = stat()
    guard stat(real, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      throw Failure(
        .database, "\(path.shownSafely) is not a file", remedy: "name Tinyforge's database file")
    }
    return String(cString: real)
  }
}
