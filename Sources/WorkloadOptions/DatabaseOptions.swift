package import ArgumentParser
import RunningProcess
package import TinyforgeCore
package import ToolSupport

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
        .usage,
        "no database is named"
          + (Environment.isEmpty("TINYFORGE_DB") ? ": TINYFORGE_DB is set, but empty" : ""),
        remedy: "use --db PATH, or set TINYFORGE_DB")
    }
    guard !path.isEmpty else {
      throw Failure(
        .usage, "the path after --db is empty",
        remedy: "if it comes from a variable, set that; or leave --db out, and set TINYFORGE_DB")
    }
    try Self.requireFile(path)
    return path
  }

  /// Refuses the address of a database server, which may hold a password, and so is not repeated.
  private static func requireFile(_ path: String) throws(Failure) {
    let scheme = path.parted(atFirst: "://")?.before.lowercased()
    if let scheme, ["postgres", "postgresql"].contains(scheme) {
      throw Failure(
        .usage, "PostgreSQL databases are not supported by this version",
        remedy: "name Tinyforge's SQLite file")
    }
    let isScheme =
      scheme.map { $0.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "/") } && !$0.isEmpty }
      ?? false
    // As the drivers of MySQL take it: USER:PASSWORD@tcp(HOST)/NAME.
    let isSource =
      path.splitAtScalar("@").first.map { $0.utf8.contains(UInt8(ascii: ":")) } == true
      && path.utf8.contains(UInt8(ascii: "@")) && !path.startsWithBytes(of: "/")
      && !path.startsWithBytes(of: ".")
    guard isScheme || isSource else { return }
    throw Failure(
      .usage, "the database is named by an address, but this version reads SQLite files alone",
      remedy:
        "name Tinyforge's SQLite file by its path, such as --db /var/lib/tinyforge/tinyforge.db")
  }
}
