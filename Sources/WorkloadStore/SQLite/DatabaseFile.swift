internal import CPosix
import Glibc
import TinyforgeCore

/// A database's file, its folder and the files that SQLite keeps beside it.
struct DatabaseFile {
  /// What SQLite keeps beside a database, by what it adds to the name.
  enum Companion: String, CaseIterable {
    case log = "-wal"
    case sharedMemory = "-shm"
    case journal = "-journal"
  }

  /// With all links resolved.
  let path: String
  let facts: stat
  let identity: FileIdentity

  /// Throws where there is none.
  init(_ resolved: String) throws(Failure) {
    var facts = stat()
    guard stat(resolved, &facts) == 0 else {
      throw Failure(
        .notFound, "there is no database at \(resolved.shownSafely) any more",
        remedy: "check the path given with --db or TINYFORGE_DB")
    }
    path = resolved
    self.facts = facts
    identity = FileIdentity(facts)
  }

  var folder: String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  func path(_ companion: Companion) -> String { path + companion.rawValue }

  func has(_ companion: Companion) -> Bool {
    var facts = stat()
    return lstat(path(companion), &facts) == 0
  }

  /// The log and the shared memory are both there, so that SQLite makes neither.
  var hasLog: Bool { has(.log) && has(.sharedMemory) }

  /// Whether this user may read and write a file that is there, as the kernel judges opening it.
  static func mayWrite(_ path: String) -> Bool {
    faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0
  }

  /// Whether this user may make and remove files beside the database.
  var mayMakeFiles: Bool { faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0 }

  /// The owner, and not merely shown as this user because neither is known in this user namespace.
  var isOwn: Bool { facts.st_uid == geteuid() && !isOwnerHidden }

  /// This user namespace has no number for the owner.
  var isOwnerHidden: Bool { UserNamespace.hides(facts.st_uid) }

  var owner: Account { Account(facts.st_uid) }
}
