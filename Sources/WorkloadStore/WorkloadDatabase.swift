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
  let schema: WorkloadSchema

  /// Opens a database that is there, and probes its schema.
  package static func open(_ path: String, access: Access, busyTimeout: Duration) throws(Failure)
    -> WorkloadDatabase
  {
    let resolved = try resolve(path)
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

  /// What SQLite would only call "unable to open" is told apart here.
  private static func resolve(_ path: String) throws(Failure) -> String {
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
