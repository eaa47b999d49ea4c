import Glibc
import SystemPackage
import TinyforgeCore

/// A copy in memory of a database that no process has open.
final class DatabaseImage: @unchecked Sendable {
  // Unchecked: the bytes are SQLite's alone once they are handed out.

  /// The largest database, with its log, that is copied: the copy takes as much memory or disk.
  static let sizeLimit: Int64 = 256 << 20

  let bytes: UnsafeMutableRawBufferPointer

  /// Reads the file as a whole; nil where it has another size by now.
  init?(_ descriptor: FileDescriptor, size: Int64) throws(Errno) {
    bytes = .allocate(byteCount: Int(size), alignment: 16)
    guard try Self.fill(bytes, from: descriptor) else { return nil }
    // sqlite.org, sqlite3_deserialize: "The application can set the file format version numbers (bytes 18
    // and 19) of the input database P to 0x01 prior to invoking sqlite3_deserialize(D,S,P,N,M,F) to force
    // the database file into rollback mode".
    bytes[18] = 1
    bytes[19] = 1
  }

  deinit { bytes.deallocate() }

  private static func fill(
    _ bytes: UnsafeMutableRawBufferPointer, from descriptor: FileDescriptor
  ) throws(Errno) -> Bool {
    var filled = 0
    while filled < bytes.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
      let count = try io { () throws in
        try descriptor.read(fromAbsoluteOffset: Int64(filled), into: rest)
      }
      if count == 0 { return false }
      filled += count
    }
    return true
  }
}

/// Runs calls of the system whose only error is an errno.
@discardableResult
func io<Value>(_ body: () throws -> Value) throws(Errno) -> Value {
  do { return try body() } catch { throw error as? Errno ?? .ioError }
}
