internal import CPosix
internal import Glibc
package import SystemPackage

/// An open directory, whose entries are reached by name through its descriptor.
///
/// A path is looked up anew by each system call, so that the owner of a folder on the way can exchange it between
/// two of them. A descriptor always means the same directory.
package final class Folder: Sendable {
  /// The open directory, closed with the object.
  package let descriptor: FileDescriptor

  /// Takes over an open descriptor, which is closed with the object.
  package init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

  deinit { try? descriptor.close() }

  /// The directory's own status.
  package func status() throws(Errno) -> Stat { try Stat.of(descriptor) }

  /// The status of an entry; a link is not followed.
  package func status(of name: String) throws(Errno) -> Stat {
    var facts = Glibc.stat()
    guard fstatat(descriptor.rawValue, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw Errno(rawValue: errno)
    }
    return Stat(rawValue: facts)
  }

  /// The same, whatever bytes the name has.
  func status(of name: FilePath.Component) throws(Errno) -> Stat {
    var facts = Glibc.stat()
    let status = name.withPlatformString {
      fstatat(descriptor.rawValue, $0, &facts, AT_SYMLINK_NOFOLLOW)
    }
    guard status == 0 else { throw Errno(rawValue: errno) }
    return Stat(rawValue: facts)
  }

  /// Opens an entry; never follows a link, waits for a FIFO's other end or hands the file to a child.
  package func open(_ name: String, _ flags: Int32, mode: UInt32 = 0) throws(Errno)
    -> FileDescriptor
  {
    let all = flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
    let opened = openat(descriptor.rawValue, name, all, mode)
    guard opened >= 0 else { throw Errno(rawValue: errno) }
    return FileDescriptor(rawValue: opened)
  }

  /// Opens a directory in this one; fails with `.notDirectory` for anything else, a link included.
  package func folder(_ name: String) throws(Errno) -> Folder {
    Folder(try open(name, O_DIRECTORY | tinyforge_open_path_only))
  }

  /// The same, whatever bytes the name has.
  func folder(_ name: FilePath.Component) throws(Errno) -> Folder {
    let flags =
      O_DIRECTORY | tinyforge_open_path_only | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
    let opened = name.withPlatformString { openat(descriptor.rawValue, $0, flags) }
    guard opened >= 0 else { throw Errno(rawValue: errno) }
    return Folder(FileDescriptor(rawValue: opened))
  }

  /// Makes a directory in this one.
  package func makeFolder(_ name: String, mode: UInt32) throws(Errno) {
    guard mkdirat(descriptor.rawValue, name, mode) == 0 else { throw Errno(rawValue: errno) }
  }

  /// Gives an entry another name, in the place of what has that name.
  package func rename(_ name: String, to other: String) throws(Errno) {
    guard renameat(descriptor.rawValue, name, descriptor.rawValue, other) == 0 else {
      throw Errno(rawValue: errno)
    }
  }

  /// Gives an entry another name unless an entry has that name; returns whether it did.
  package func renameIfFree(_ name: String, to other: String) throws(Errno) -> Bool {
    let fault = tinyforge_rename_at(descriptor.rawValue, name, other, tinyforge_rename_no_replace)
    switch Errno(rawValue: fault) {
    case Errno(rawValue: 0): return true
    case .fileExists: return false
    case .invalidArgument, .noFunction:
      // A file system that cannot do it in one step: an entry made in this very moment is replaced.
      guard (try? status(of: other)) == nil else { return false }
      try rename(name, to: other)
      return true
    case let error: throw error
    }
  }

  /// Lets two entries change places in one step; returns false where the file system cannot.
  package func exchange(_ name: String, _ other: String) throws(Errno) -> Bool {
    let fault = tinyforge_rename_at(descriptor.rawValue, name, other, tinyforge_rename_exchange)
    switch Errno(rawValue: fault) {
    case Errno(rawValue: 0): return true
    case .invalidArgument, .noFunction: return false
    case let error: throw error
    }
  }

  /// Removes a file, or an empty directory.
  package func remove(_ name: String, isFolder: Bool = false) {
    _ = unlinkat(descriptor.rawValue, name, isFolder ? AT_REMOVEDIR : 0)
  }

  /// Whether this user may do that to an entry (`R_OK`, `W_OK`, `X_OK`), links followed.
  package func allows(_ access: Int32, to name: String) -> Bool {
    faccessat(descriptor.rawValue, name, access, AT_EACCESS) == 0
  }

  /// The names of all entries but `.` and `..`.
  package func names() throws(Errno) -> [String] {
    let opened = openat(descriptor.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw Errno(rawValue: errno) }
    guard let listing = fdopendir(opened) else {
      let fault = errno
      close(opened)
      throw Errno(rawValue: fault)
    }
    var names: [String] = []
    listing.forEachEntry { name, _ in
      names.append(String(decoding: name, as: UTF8.self))
      return true
    }
    return names
  }

  /// Makes new names outlast a crash; a directory that cannot be synced is not a failure.
  package func sync() {
    let opened = openat(descriptor.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { return }
    fsync(opened)
    close(opened)
  }

  /// A name that cannot be predicted, for an entry that gets its own name once it is complete.
  package static func temporaryName() -> String {
    ".tinyforge-\(getpid())-\(String(UInt64.random(in: 0 ... .max), radix: 16))"
  }
}

extension Stat {
  /// The status of an open file.
  package static func of(_ descriptor: FileDescriptor) throws(Errno) -> Stat {
    var facts = Glibc.stat()
    guard fstat(descriptor.rawValue, &facts) == 0 else { throw Errno(rawValue: errno) }
    return Stat(rawValue: facts)
  }

  /// Whether both are of one file.
  package func isSameFile(as other: Stat) -> Bool {
    inode == other.inode && deviceID == other.deviceID
  }
}
