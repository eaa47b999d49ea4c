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

  /// Whether the database's owner is in its group, as far as this machine has an account of that name.
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
