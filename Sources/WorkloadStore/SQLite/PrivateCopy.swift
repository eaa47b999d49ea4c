import Files
import Glibc
import SystemPackage
import TinyforgeCore

/// A copy of a database and its log, in a folder of its own that no other user may enter.
///
/// The names are removed once SQLite has the files open: nothing is left even of a process that is killed.
final class PrivateCopy {
  let path: String
  private let folder: FilePath

  /// Copies the file, and the log beside it.
  init(_ descriptor: FileDescriptor, log: FileDescriptor) throws(Errno) {
    let place = TemporaryFile.folder + "/tinyforge-XXXXXX"
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
