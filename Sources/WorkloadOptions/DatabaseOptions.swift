package import ArgumentParser
import RunningProcess
package import TinyforgeCore
package import ToolSupport
package import WorkloadStore

/// Which database.
package struct DatabaseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The Tinyforge database: a SQLite file, or postgres://HOST/DATABASE (default: TINYFORGE_DB).",
      valueName: "path"),
    completion: .file())
  package var db: String?

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    db = line.value("--db")
  }

  /// Where the database is, from the option or the environment.
  package func address() throws(Failure) -> any StoreAddress {
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
    return try StoreEngines.address(path, isArgument: db != nil)
  }
}
