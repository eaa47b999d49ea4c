internal import CSQLite
internal import SystemPackage

/// The SQLite that the tool runs with.
enum SQLiteLibrary {
  /// The version of the library in use, such as `3.40.1`.
  static var version: String { String(cString: sqlite3_libversion()) }

  /// Whether it came with the toolkit: packages that serve every system have their libraries in a folder of their own.
  static var isBundled: Bool {
    guard let file = try? FileDescriptor.open("/proc/self/maps", .readOnly, options: .closeOnExec)
    else { return false }
    defer { try? file.close() }
    var maps: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while let count = try? chunk.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 {
      maps += chunk[..<count]
    }
    return maps.firstRange(of: "/lib/tinyforge-gitops/libsqlite3".utf8) != nil
  }

  /// Whether two processes that reset the write-ahead log at once may lose commits.
  ///
  /// sqlite.org's release notes of 3.51.3 tell of the fault and its mending.
  static var isInWALResetRange: Bool { sqlite3_libversion_number() < 3_051_003 }
}
