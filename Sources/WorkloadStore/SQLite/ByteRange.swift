internal import CPosix
import Glibc
import SystemPackage

/// Bytes of a file that programs lock for one another (fcntl(2)).
struct ByteRange {
  /// What a lock keeps others from.
  enum Kind {
    /// Others can lock the bytes as shared, and not as exclusive.
    case shared
    /// Others can lock nothing of it.
    case exclusive

    fileprivate var type: Int32 { self == .shared ? Int32(F_RDLCK) : Int32(F_WRLCK) }
  }

  let start: Int64
  let count: Int64

  /// The whole file, however long it is.
  static let all = ByteRange(start: 0, count: 0)

  /// Takes a lock that belongs to the open file, at once; or returns why not.
  func lock(_ descriptor: FileDescriptor, _ kind: Kind) -> Errno? {
    let code = tinyforge_set_lock(descriptor.rawValue, kind.type, start, count)
    return code == 0 ? nil : Errno(rawValue: code)
  }

  /// Lets go of a lock, also where a child between fork and exec still has the file open.
  func unlock(_ descriptor: FileDescriptor) {
    _ = tinyforge_set_lock(descriptor.rawValue, Int32(F_UNLCK), start, count)
  }

  /// The process whose lock would refuse one of that kind, at most 0 where it cannot be named; nil for none.
  func holder(_ descriptor: FileDescriptor, refusing kind: Kind) -> Int32? {
    let process = tinyforge_find_lock(descriptor.rawValue, kind.type, start, count, 0)
    return process == 0 ? nil : process
  }

  /// Whether another process has locked some of it for itself, by a lock that belongs to the process.
  func isLockedByOthers(_ descriptor: FileDescriptor) -> Bool {
    tinyforge_find_lock(descriptor.rawValue, Int32(F_WRLCK), start, count, 1) != 0
  }
}
