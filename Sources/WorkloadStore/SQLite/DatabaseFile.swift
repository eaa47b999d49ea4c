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
  var isOwn: Bool { facts.st_uid == geteuid() && !UserNamespace.hides(facts.st_uid) }

  var owner: Account { Account(facts.st_uid) }
}

/// A user by its number.
struct Account {
  let number: uid_t

  init(_ number: uid_t) { self.number = number }

  /// The name of the account; nil where this machine has none of that number.
  var name: String? {
    getpwuid(number).flatMap { $0.pointee.pw_name }.map { String(cString: $0) }
  }

  /// Such as `tinyforge (uid 1000)`.
  var described: String { name.map { "\($0.shownSafely) (uid \(number))" } ?? "uid \(number)" }

  /// What runs a command as this user.
  var prefix: Remedy { "sudo -u \(name ?? "#\(number)")" }

  /// Whether the user is in a group; nil where this machine has no account that says so.
  func isMember(of group: gid_t) -> Bool? {
    guard let entry = getpwuid(number)?.pointee, let name = entry.pw_name else { return nil }
    var groups = [gid_t](repeating: 0, count: 1024)
    var count = Int32(groups.count)
    let isWhole = getgrouplist(name, entry.pw_gid, &groups, &count) >= 0
    let found = groups.prefix(Int(count)).contains(group)
    return found || isWhole ? found : nil
  }
}

/// What a user namespace (of a container without root) shows of files' owners.
enum UserNamespace {
  /// The number that the kernel shows for an owner that has none in the namespace.
  private static let overflow: uid_t = 65_534

  /// Whether the owner of that number may be another one, which has no number here.
  static func hides(_ owner: uid_t) -> Bool {
    guard owner == overflow else { return false }
    guard let file = fopen("/proc/self/uid_map", "re") else { return true }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return true }
    let words = String(
      decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self
    )
    .split { $0 == " " || $0 == "\n" }.compactMap { UInt64($0) }
    // In the first namespace all users have a number, and their own.
    return !(words.count == 3 && words[0] == 0 && words[1] == 0 && words[2] >= 0xFFFF_FFFF)
  }

  /// Whether root may give files to other users here.
  static var mayGiveFilesAway: Bool { tinyforge_may_give_files_away() == 1 }
}
