package import ArgumentParser
package import FleetReading
import RunningProcess
package import TinyforgeCore
package import ToolSupport
import WorkloadStore

/// Which databases.
package struct DatabaseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The Tinyforge database: a SQLite file, or postgres://HOST/DATABASE (default: TINYFORGE_DB). NAME=PATH also names its "
        + "server; where several are read in one run, it is repeated so.",
      valueName: "path"),
    completion: .file())
  package var db: [String] = []

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    db = line.values("--db")
  }

  /// Where the databases are, from the option or the environment, in the order of their servers' names.
  ///
  /// `server` is the name that another option gives the server of the only one.
  package func addresses(server: String? = nil) throws(Failure) -> [ServerAddress] {
    let named = try NamedDatabase.list(db)
    guard let first = named.first else {
      return [ServerAddress(try environmentAddress(), of: server)]
    }
    guard server == nil || (named.count == 1 && first.server == nil) else {
      throw Failure(
        .usage,
        "--server-name names the server of one database, and --db NAME=PATH has names of its own",
        remedy: "leave out --server-name")
    }
    return try named.map { (one) throws(Failure) in
      ServerAddress(try Self.address(one), of: one.server ?? server)
    }
  }

  /// Where the only database is, for what works on one.
  package func address() throws(Failure) -> ServerAddress {
    guard db.count < 2 else {
      throw Failure(
        .usage, "\(db.count) databases are given, and this command works on one",
        remedy: "run it once for each, with one --db")
    }
    return try addresses()[0]
  }

  private static func address(_ named: NamedDatabase) throws(Failure) -> any StoreAddress {
    guard !named.path.isEmpty else {
      throw Failure(
        .usage, "the path after --db is empty",
        remedy: "if it comes from a variable, set that; or leave --db out, and set TINYFORGE_DB")
    }
    return try StoreEngines.address(named.path, isArgument: true)
  }

  private func environmentAddress() throws(Failure) -> any StoreAddress {
    guard let path = Environment.variable("TINYFORGE_DB") else {
      throw Failure(
        .usage,
        "no database is named"
          + (Environment.isEmpty("TINYFORGE_DB") ? ": TINYFORGE_DB is set, but empty" : ""),
        remedy: "use --db PATH, or set TINYFORGE_DB")
    }
    return try StoreEngines.address(path)
  }

  /// The names of the servers as far as they can be read, before anything is opened.
  var servers: [String] { (try? NamedDatabase.list(db))?.compactMap(\.server) ?? [] }
}
