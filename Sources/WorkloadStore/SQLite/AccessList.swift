internal import CPosix
import Glibc

/// The access list that a folder gives to new files (acl(5)), which takes the place of the umask.
struct AccessList {
  private struct Entry {
    /// linux/posix_acl.h: 2 for a user, 4 for the file's group, 8 for a group, 16 for the mask.
    var tag: UInt16
    var permissions: UInt16
    var id: UInt32
    var writes: Bool { permissions & 6 == 6 }
  }

  private let entries: [Entry]

  /// Nil where the folder has none, or one that only takes the place of the umask, or its file system keeps none.
  ///
  /// Without a mask the list says no more than a mode does, which SQLite sets anew (os_unix.c, robust_open). With
  /// one, the mode's group bits are the mask.
  init?(defaultOf folder: String) {
    // As long as an attribute can be (linux/limits.h: XATTR_SIZE_MAX).
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = tinyforge_extended_attribute(
      folder, "system.posix_acl_default", &bytes, UInt(bytes.count))
    // linux/posix_acl_xattr.h: a version, 2, then entries of tag, permissions and id, little-endian.
    guard count >= 4 else { return nil }
    entries = stride(from: 4, to: count - 7, by: 8).map { start in
      let number = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) }
      return Entry(
        tag: UInt16(truncatingIfNeeded: number),
        permissions: UInt16(truncatingIfNeeded: number >> 16),
        id: UInt32(truncatingIfNeeded: number >> 32))
    }
    guard entries.contains(where: { $0.tag == 16 }) else { return nil }
  }

  /// Whether the list has an entry for that user.
  func names(_ user: uid_t) -> Bool { entries.contains { $0.tag == 2 && $0.id == user } }

  /// Whether that user, whom the list names, may write new files.
  func lets(_ user: uid_t) -> Bool {
    entries.contains { $0.tag == 2 && $0.id == user && $0.writes }
  }

  /// Whether the members of a group may write new files, which belong to `own`.
  func lets(group: gid_t, ofFilesOf own: gid_t) -> Bool {
    entries.contains { entry in
      entry.writes && (entry.tag == 4 && own == group || entry.tag == 8 && entry.id == group)
    }
  }
}
