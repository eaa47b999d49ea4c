internal import CPosix
import Glibc
package import TinyforgeCore

/// A Tinyforge database in a SQLite file; one task uses it at a time.
package final class WorkloadDatabase {
  package enum Access: Sendable { case readOnly, readWrite }

  /// The path as it was given.
  package let path: String
  /// The path with all links resolved: the locks stand beside this one.
  package let resolvedPath: String
  let connection: SQLiteConnection
  private(set) var schema: WorkloadSchema
  /// A time as it was written last, for the rows of one form and second.
  var lastStamp: (form: TimestampForm, time: String, stamp: SQLiteStatement.Value)?

  /// Opens a database that is there, and probes its schema.
  package static func open(_ path: String, access: Access, busyTimeout: Duration) throws(Failure)
    -> WorkloadDatabase
  {
    let resolved = try resolve(path)
    if access == .readWrite { try requireSafePlace(resolved) }
    let connection = try SQLiteConnection(resolved, access: access, busyTimeout: busyTimeout)
    return WorkloadDatabase(
      path: path, resolvedPath: resolved, connection: connection,
      schema: try WorkloadSchema(probing: connection))
  }

  private init(
    path: String, resolvedPath: String, connection: SQLiteConnection, schema: WorkloadSchema
  ) {
    self.path = path
    self.resolvedPath = resolvedPath
    self.connection = connection
    self.schema = schema
  }

  /// What the schema lacks that is of use: said once, as hints.
  package var notes: [String] { schema.notes }

  /// Probes the schema again where it was changed since: the server adds columns as it starts.
  func renewSchema() throws(Failure) {
    guard try WorkloadSchema.version(connection) != schema.version else { return }
    schema = try WorkloadSchema(probing: connection)
  }

  /// Refuses places where a write, or the lock before it, could not be relied on.
  private static func requireSafePlace(_ resolved: String) throws(Failure) {
    if let network = FileSystemKind.network(at: resolved) { throw network.refusal(resolved) }
    var facts = stat()
    guard stat(resolved, &facts) == 0, facts.st_nlink > 1 else { return }
    // sqlite.org: the log is found by the database's name, so two names have two logs, and programs
    // that open both do not see each other.
    throw Failure(
      .denied,
      "the database \(resolved.shownSafely) has \(facts.st_nlink) names (hard links), of which each "
        + "would have a write-ahead log and locks of its own",
      remedy: "remove all names but the server's own: find / -xdev -inum \(facts.st_ino)")
  }

  /// What SQLite would only call "unable to open" is told apart here.
  package static func resolve(_ path: String) throws(Failure) -> String {
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
