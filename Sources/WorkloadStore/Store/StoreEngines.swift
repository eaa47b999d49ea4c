package import TinyforgeCore

/// The engines that keep databases: the one place that chooses between them.
package enum StoreEngines {
  /// The address that a text such as the value of `--db` means.
  package static func address(_ text: String) throws(Failure) -> any StoreAddress {
    try refuseServer(text)
    return SQLiteAddress(path: text)
  }

  /// The engines that the tools run with, and their versions, such as `SQLite 3.40.1`.
  package static var versions: [String] { ["SQLite \(SQLiteLibrary.version)"] }

  /// Refuses the address of a database server, which may hold a password, and so is not repeated.
  private static func refuseServer(_ path: String) throws(Failure) {
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
