import Glibc
import SystemPackage
import TinyforgeCore

/// A copy of a database that nobody has open, in memory.
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

/// A copy of a database and its log, in a folder of its own that nobody else may enter.
///
/// The names are removed once SQLite has the files open: nothing is left even of a process that is killed.
final class PrivateCopy {
  let path: String
  private let folder: FilePath

  /// Copies the file, and the log beside it.
  init(_ descriptor: FileDescriptor, log: FileDescriptor) throws(Errno) {
    let place = Self.temporaryFolder + "/tinyforge-XXXXXX"
    var template = Array(place.utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
    let made = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    folder = FilePath(made)
    path = made + "/database"
    do {
      try Self.copy(descriptor, to: path)
      try Self.copy(log, to: path + "-wal")
    } catch {
      remove()
      throw error
    }
  }

  private static var temporaryFolder: String {
    guard let named = getenv("TMPDIR").map({ String(cString: $0) }), named.startsWithBytes(of: "/")
    else {
      return "/tmp"
    }
    return named
  }

  private static func copy(_ source: FileDescriptor, to path: String) throws(Errno) {
    try io { () throws in
      let target = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite])
      try target.closeAfter {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        var offset: Int64 = 0
        while case let count = try source.read(fromAbsoluteOffset: offset, into: buffer), count > 0
        {
          try target.writeAll(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
          offset += Int64(count)
        }
      }
    }
  }

  /// Removes the folder and what is in it.
  func remove() {
    for name in ["", "-wal", "-shm", "-journal"] { unlink(path + name) }
    rmdir(folder.string)
  }
}

/// Runs calls of the system whose only error is an errno.
@discardableResult
private func io<Value>(_ body: () throws -> Value) throws(Errno) -> Value {
  do { return try body() } catch { throw error as? Errno ?? .ioError }
}
