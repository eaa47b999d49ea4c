internal import CPosix
import Glibc
import TinyforgeCore

/// Where the locks of a database stand.
struct LockFolder {
  let path: String
  private let database: String

  /// `database` is its path with all links resolved.
  init(database: String) {
    self.database = database
    path = database + ".gitops-locks"
  }

  /// Makes the folder where it is not there yet.
  func create() throws(Failure) {
    var facts = stat()
    if lstat(path, &facts) == 0 { return try requireFolder(facts) }
    guard mkdir(path, 0o700) == 0 else {
      guard errno == EEXIST, lstat(path, &facts) == 0 else { throw failure(errno) }
      return try requireFolder(facts)
    }
    let made = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard made >= 0 else { return }
    defer { close(made) }
    LockOwner(database: database).adopt(made, isFolder: true)
  }

  /// Opens the folder for listing; nil where there is none yet.
  func listing() throws(Failure) -> OpaquePointer? {
    let opened = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard opened >= 0 else {
      let code = errno
      var facts = stat()
      if code == ENOENT { return nil }
      if lstat(path, &facts) == 0 { try requireFolder(facts) }
      throw Failure(
        .denied, "the lock folder \(path.shownSafely) cannot be read",
        remedy: "run as the user that owns the database")
    }
    return fdopendir(opened)
  }

  /// A link could lead a program that runs as root anywhere.
  private func requireFolder(_ facts: stat) throws(Failure) {
    guard facts.st_mode & S_IFMT != S_IFDIR else { return }
    throw Failure(
      .denied, "something else than a folder stands at \(path.shownSafely), the place of the locks",
      remedy: "remove it")
  }

  private func failure(_ code: Int32) -> Failure {
    let shown = path.shownSafely
    switch code {
    case ENOSPC, EDQUOT:
      return Failure(
        .io, "the lock folder \(shown) cannot be made: the disk is full",
        remedy: "make room, try again")
    case EROFS:
      return Failure(
        .denied, "the lock folder \(shown) cannot be made: its file system is read-only",
        remedy: "mount it for writing")
    default:
      return Failure(
        .denied, "the lock folder \(shown) cannot be made",
        remedy: "run as the user that owns the database; its folder must be writable")
    }
  }

  /// The lock's file: the id itself where it is a plain name, in hexadecimal otherwise.
  func path(of workload: String) -> String { "\(path)/\(Self.fileName(workload))" }

  static func fileName(_ workload: String) -> String {
    let isPlain = workload.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
    }
    if isPlain, (1...120).contains(workload.utf8.count) { return "\(workload).lock" }
    if workload.utf8.count <= 120 {
      return "_" + workload.utf8.map { hex(UInt64($0), digits: 2) }.joined() + ".lock"
    }
    // Two ids that share a file only take turns; nothing is lost by it.
    let hash = workload.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return "__\(workload.utf8.count)-" + hex(hash, digits: 16) + ".lock"
  }

  /// The workload whose lock the file of that name is; nil for a name that only stands for an id.
  static func workload(ofFile name: String) -> String? {
    let stem = name.hasSuffix(".lock") ? name.dropLast(5) : name[...]
    guard stem.hasPrefix("_") else { return String(stem) }
    guard !stem.hasPrefix("__"), stem.utf8.count % 2 == 1 else { return nil }
    let digits = Array(stem.dropFirst().utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).map {
      UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
    }
    return bytes.contains(nil) ? nil : String(decoding: bytes.compactMap(\.self), as: UTF8.self)
  }

  private static func hex(_ value: UInt64, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }
}

/// An open lock file, closed (and so unlocked) when it goes.
struct LockFile: ~Copyable {
  let descriptor: Int32

  /// Opens the file for locking, and makes it where it is not there yet.
  init(_ path: String, database: String) throws(Failure) {
    let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    var opened = open(path, flags)
    if opened < 0, errno == ENOENT {
      opened = open(path, flags | O_CREAT | O_EXCL, 0o600)
      if opened >= 0 {
        LockOwner(database: database).adopt(opened, isFolder: false)
      } else if errno == EEXIST {
        opened = open(path, flags)
      }
    }
    guard opened >= 0 else { throw Self.failure(errno, path) }
    guard Self.isPlain(opened) else {
      close(opened)
      throw Self.failure(ELOOP, path)
    }
    descriptor = opened
  }

  /// Opens a file that is there for looking at; nil where it is gone.
  ///
  /// Throws `.denied` for one that may not be read, of which nobody here can say whether it is held, and
  /// for what is no file.
  init?(lookingAt path: String) throws(Failure) {
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard opened >= 0 else {
      if errno == ENOENT { return nil }
      guard errno == EACCES else { throw Self.failure(errno, path) }
      throw Failure(
        .denied,
        "the lock \(path.shownSafely) may not be read, so that nobody can tell who holds it",
        remedy: "run as the user that owns the database")
    }
    guard Self.isPlain(opened) else {
      close(opened)
      throw Self.failure(ELOOP, path)
    }
    descriptor = opened
  }

  private static func isPlain(_ descriptor: Int32) -> Bool {
    var facts = stat()
    return fstat(descriptor, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
  }

  deinit {
    // Closing alone would leave the lock with a child that another thread has just forked.
    tinyforge_unlock(descriptor)
    close(descriptor)
  }

  /// Takes the lock at once; false where somebody else holds it.
  borrowing func lock() throws(Failure) -> Bool {
    switch tinyforge_lock_exclusive(descriptor) {
    case 0: return true
    case EAGAIN, EACCES: return false
    default:
      throw Failure(
        .io, "the file system of the database does not lock files",
        remedy: "keep the database on a local file system")
    }
  }

  /// Whether somebody else holds the lock now; takes nothing.
  borrowing func isHeld() -> Bool { tinyforge_lock_is_held(descriptor) == 1 }

  borrowing func isStillAt(_ path: String) -> Bool {
    var here = stat()
    var there = stat()
    return fstat(descriptor, &here) == 0 && lstat(path, &there) == 0
      && here.st_ino == there.st_ino && here.st_dev == there.st_dev
  }

  /// Takes the note back, by an empty line in its place: see ``LockNote``.
  borrowing func clear() { _ = pwrite(descriptor, "\n", 1, 0) }

  private static func failure(_ code: Int32, _ path: String) -> Failure {
    switch code {
    case ELOOP, EISDIR, ENXIO:
      return Failure(
        .denied, "something else than a file stands at the lock's place \(path.shownSafely)",
        remedy: "mv \(shellWord(path)) \(shellWord(path + ".aside"))")
    case EROFS:
      return Failure(
        .denied, "the lock \(path.shownSafely) lies on a read-only file system",
        remedy: "mount it for writing")
    case ENOSPC, EDQUOT:
      return Failure(.io, "the disk of \(path.shownSafely) is full", remedy: "make room, try again")
    default:
      return Failure(
        .denied, "the lock \(path.shownSafely) cannot be opened for writing by this user",
        remedy: "run as a user that may write it, or give it to the database's owner: "
          + "ls -l \(shellWord(path))")
    }
  }
}

/// Who the locks of a database belong to: its owner, also where root makes them, so that both can
/// take them later.
struct LockOwner {
  private let facts: stat?

  init(database: String) {
    var facts = stat()
    self.facts = stat(database, &facts) == 0 ? facts : nil
  }

  /// Hands what was just made to the database's owner, and to its group where that may write it.
  func adopt(_ descriptor: Int32, isFolder: Bool) {
    guard let facts else { return }
    let groupWrites = facts.st_mode & 0o060 == 0o060
    if geteuid() == 0 {
      _ = fchown(descriptor, facts.st_uid, facts.st_gid)
    } else if groupWrites {
      _ = fchown(descriptor, uid_t.max, facts.st_gid)
    }
    if groupWrites { _ = fchmod(descriptor, isFolder ? 0o770 : 0o660) }
  }
}
