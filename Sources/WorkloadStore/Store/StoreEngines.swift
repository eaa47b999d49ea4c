package import TinyforgeCore

/// The engines that keep databases: the one place that chooses between them.
package enum StoreEngines {
  /// The address that a text such as the value of `--db` means; `isArgument` says that others can see it.
  package static func address(_ text: String, isArgument: Bool = false) throws(Failure)
    -> any StoreAddress
  {
    if PostgresAddress.isAddress(text) { return try postgres(text, isArgument: isArgument) }
    try refuseOthers(text)
    return SQLiteAddress(path: text)
  }

  private static func postgres(_ text: String, isArgument: Bool) throws(Failure) -> PostgresAddress
  {
    let address = try PostgresAddress(text)
    guard isArgument, address.hasPassword else { return address }
    throw Failure(
      .usage,
      "the address after --db holds a password, which every user of this machine can see in the list of processes",
      remedy:
        "change that password; then keep it in PGPASSWORD, in a file that PGPASSFILE names, or in TINYFORGE_DB "
        + "with the whole address, and leave it out of --db")
  }

  /// The engines that the tools run with, and their versions, such as `SQLite 3.40.1`.
  package static var versions: [String] { ["SQLite \(SQLiteLibrary.version)"] }

  /// Refuses the address of another database server, which may hold a password, and so is not repeated.
  private static func refuseOthers(_ path: String) throws(Failure) {
    let scheme = path.parted(atFirst: "://")?.before.lowercased()
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
      .usage, "the database is named by an address that is not one of PostgreSQL",
      remedy:
        "name Tinyforge's SQLite file by its path, such as --db /var/lib/tinyforge/tinyforge.db, or a PostgreSQL "
        + "database as postgres://HOST/DATABASE")
  }
}
