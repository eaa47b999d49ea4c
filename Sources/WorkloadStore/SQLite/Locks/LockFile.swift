internal import CPosix
internal import Files
internal import Glibc
internal import SystemPackage
import TinyforgeCore

/// An open lock file, closed (and so unlocked) when it goes.
struct LockFile: ~Copyable {
  let descriptor: FileDescriptor
  /// As it was when it was opened.
  let status: Stat

  /// Takes over what was opened; throws for anything but a regular file with one name.
  ///
  /// A second name could be anywhere: a note written through it would damage another file.
  init(_ opened: FileDescriptor) throws(Errno) {
    do throws(Errno) {
      let status = try Stat.of(opened)
      guard status.type == .regular else { throw .tooManySymbolicLinkLevels }
      guard status.linkCount <= 1 else { throw .tooManyLinks }
      self.status = status
      descriptor = opened
    } catch {
      try? opened.close()
      throw error
    }
  }

  deinit {
    // Closing alone would leave the lock with a child that another thread has just forked.
    ByteRange.all.unlock(descriptor)
    try? descriptor.close()
  }

  /// The first bytes of the file, at most `limit`.
  borrowing func beginning(upTo limit: Int) throws(Errno) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit)
    do {
      let count = try bytes.withUnsafeMutableBytes {
        try descriptor.read(fromAbsoluteOffset: 0, into: $0)
      }
      return Array(bytes[..<count])
    } catch {
      throw error as? Errno ?? .ioError
    }
  }

  /// Takes the lock without waiting; false if another process holds it.
  borrowing func lock() throws(Failure) -> Bool {
    switch ByteRange.all.lock(descriptor, .exclusive) {
    case nil: return true
    case .resourceTemporarilyUnavailable?, .permissionDenied?: return false
    default:
      throw Failure(
        .io, "the file system of the database does not lock files",
        remedy: "keep the database on a local file system")
    }
  }

  /// Whether another process holds the lock now; takes nothing.
  borrowing func isHeld() -> Bool { ByteRange.all.holder(descriptor, refusing: .exclusive) != nil }

  /// Whether others find this file by that name.
  borrowing func isInPlace(_ name: String, in folder: LockFolder) -> Bool {
    folder.isInPlace(status, name)
  }

  /// Takes the note back, by an empty line in its place: see ``LockNote``.
  borrowing func clear() { _ = pwrite(descriptor.rawValue, "\n", 1, 0) }
}
