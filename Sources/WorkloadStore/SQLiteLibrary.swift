internal import CSQLite

/// The SQLite that the tool runs with.
package enum SQLiteLibrary {
  /// The version of the library in use, such as `3.40.1`.
  package static var version: String { String(cString: sqlite3_libversion()) }

  /// Whether two processes that reset the write-ahead log at once may lose commits.
  ///
  /// sqlite.org's release notes of 3.51.3 tell of the fault and its mending.
  package static var isInWALResetRange: Bool { sqlite3_libversion_number() < 3_051_003 }
}
