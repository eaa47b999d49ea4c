internal import CPosix
import Glibc

/// Whether a database's owner could use the files that SQLite would make for this user beside it.
///
/// SQLite gives its log, shared memory and journal the database's mode whatever the umask is, and, as root,
/// its owner and group as well. (sqlite.org, os_unix.c: "The owner of the rollback journal or WAL file should
/// always be the same as the owner of the database file. Try to ensure that this is the case. The chown()
/// system call will be a no-op if the current process lacks root privileges".) A log or shared memory that
/// the owner cannot write keeps its server from opening the database.
enum NewFileAccess: Equatable {
  /// The owner can use them.
  case shared
  /// They would belong to this user, and the owner could not write them.
  case ownerShutOut
  /// They cannot be given to an owner whom this user namespace does not know.
  case ownerUnknown
  /// Root lacks the capability to give files away.
  case cannotGiveAway

  init(_ file: DatabaseFile) {
    if file.isOwn {
      self = .shared
    } else if geteuid() == 0 {
      self =
        file.isOwnerHidden
        ? .ownerUnknown : UserNamespace.mayGiveFilesAway ? .shared : .cannotGiveAway
    } else {
      self =
        Self.isOwnersByGroup(file)
        ? .shared : file.isOwnerHidden ? .ownerUnknown : .ownerShutOut
    }
  }

  private static func isOwnersByGroup(_ file: DatabaseFile) -> Bool {
    let facts = file.facts
    // The owner counts as one of the file's group or as one of the others, so both must be let in; and
    // as a mask, the group's bits bound what an access list gives.
    guard facts.st_mode & 0o060 == 0o060 else { return false }
    let isKnown = !file.isOwnerHidden && !UserNamespace.hides(group: facts.st_gid)
    if let list = AccessList(defaultOf: file.folder) {
      guard isKnown else { return false }
      if list.names(facts.st_uid) { return list.lets(facts.st_uid) }
      return list.lets(group: facts.st_gid, ofFilesOf: newGroup(in: file.folder))
        && isMember(file)
    }
    if facts.st_mode & 0o006 == 0o006 { return true }
    return isKnown && newGroup(in: file.folder) == facts.st_gid && isMember(file)
  }

  /// Whether the database's owner is in its group, as far as this machine has an account that tells.
  private static func isMember(_ file: DatabaseFile) -> Bool {
    file.owner.isMember(of: file.facts.st_gid) ?? true
  }

  /// The group of a file that this user makes in a folder.
  private static func newGroup(in folder: String) -> gid_t {
    var facts = stat()
    guard stat(folder, &facts) == 0, facts.st_mode & S_ISGID != 0 else { return getegid() }
    return facts.st_gid
  }
}

/// The access list that a folder gives to new files (acl(5)), which takes the place of the umask.
struct AccessList {
  private struct Entry {
    var tag: UInt16
    var permissions: UInt16
    var id: UInt32
    var writes: Bool { permissions & 6 == 6 }
  }

  private let entries: [Entry]

  /// Nil where the folder has none, or its file system keeps none.
  init?(defaultOf folder: String) {
    var bytes = [UInt8](repeating: 0, count: 4096)
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
