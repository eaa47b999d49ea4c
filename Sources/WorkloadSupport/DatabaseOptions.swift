package import ArgumentParser
package import TinyforgeCore
package import ToolSupport
package import WorkloadStore

/// Which database.
package struct DatabaseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The Tinyforge database: a SQLite file (default: TINYFORGE_DB).", valueName: "path"),
    completion: .file())
  package var db: String?

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    db = line.value("--db")
  }

  /// The database's path, from the option or the environment.
  package func path() throws(Failure) -> String {
    guard let path = db ?? Environment.variable("TINYFORGE_DB") else {
      throw Failure(
        .usage, "no database is named", remedy: "use --db PATH, or set TINYFORGE_DB")
    }
    guard !path.startsWithBytes(of: "postgres://"), !path.startsWithBytes(of: "postgresql://")
    else {
      // The address may hold a password, so it is not repeated.
      throw Failure(
        .usage, "PostgreSQL databases are not supported by this version",
        remedy: "name Tinyforge's SQLite file")
    }
    return path
  }

  /// How long a command without `--lock-timeout` waits for another program's lock.
  package static let usualPatience = Duration.seconds(5)

  /// Opens the database for reading, and prints what its schema lacks as hints.
  ///
  /// A program that keeps readers out is waited for up to `patience`.
  package func openForReading(console: Console, patience: Duration = usualPatience)
    throws(Failure) -> WorkloadDatabase
  {
    let database = try WorkloadDatabase.open(
      path(), access: .readOnly, busyTimeout: patience,
      isInterrupted: { Interruption.isRequested })
    for note in database.notes { console.hint("note: \(note)") }
    return database
  }

  /// Opens the database for writing; other writers are waited for up to `patience`.
  ///
  /// It must be the file that was `seen` before.
  func openForWriting(_ seen: FileIdentity, patience: Duration) throws(Failure) -> WorkloadDatabase
  {
    try WorkloadDatabase.open(
      path(), access: .readWrite, busyTimeout: patience, expecting: seen,
      isInterrupted: { Interruption.isRequested })
  }
}
