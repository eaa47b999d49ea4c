internal import CPosix
import Glibc
import SystemPackage
import TinyforgeCore

/// What can be known of a database's file without opening it.
struct DatabasePlace: Sendable {
  /// With all links resolved.
  let path: String
  /// Nil for a local one, as far as is known.
  let network: FileSystemKind?
  /// How many names the file has.
  let names: Int
  /// It is mounted as a single file.
  let isMountedAlone: Bool
  /// The number of the file in its file system.
  let inode: UInt64
  /// The folder that the file is in.
  let folder: String
  /// The user whose the file is, by name or by number.
  let owner: String
  /// The owner is not known in this user namespace, which shows another one in its place.
  let isOwnerHidden: Bool
  /// When the file was changed last, in seconds since 1970.
  let modified: Int64

  /// `resolved` is a path that ``SQLiteStore/resolve(_:)`` gave.
  init(_ resolved: String) {
    var facts = stat()
    _ = stat(resolved, &facts)
    path = resolved
    network = FileSystemKind.network(at: resolved)
    names = Int(facts.st_nlink)
    isMountedAlone = MountTable.isMountPoint(resolved)
    inode = UInt64(facts.st_ino)
    let slash = resolved.utf8.lastIndex(of: UInt8(ascii: "/"))
    folder = slash.map { $0 == resolved.startIndex ? "/" : String(resolved[..<$0]) } ?? "."
    owner = Account(facts.st_uid).name ?? "#\(facts.st_uid)"
    isOwnerHidden = UserNamespace.hides(facts.st_uid)
    modified = Int64(facts.st_mtim.tv_sec)
  }

  /// The folder of the locks.
  var lockFolder: String { path + ".gitops-locks" }

  /// The overlay that the file is on; nil for another file system, and for the root of a container.
  var overlay: FileSystemOverlay? { FileSystemOverlay(holding: path) }

  /// Whether the file says that its latest changes are in a write-ahead log, and there is none.
  var lacksLog: Bool {
    guard usesWriteAheadLog else { return false }
    var facts = stat()
    return stat(path + "-wal", &facts) != 0 || facts.st_size == 0
  }

  /// Whether the header of the database names a write-ahead log.
  var usesWriteAheadLog: Bool {
    var version: UInt8 = 0
    let count = withUnsafeMutableBytes(of: &version) { byte in
      try? LastingDescriptor.of(path)?.read(fromAbsoluteOffset: 18, into: byte)
    }
    return count == 1 && version == 2
  }
}
