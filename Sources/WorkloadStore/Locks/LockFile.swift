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

  /// Takes the lock at once; false where somebody else holds it.
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

  /// Whether somebody else holds the lock now; takes nothing.
  borrowing func isHeld() -> Bool { ByteRange.all.holder(descriptor, refusing: .exclusive) != nil }

  /// Whether others find this file by that name.
  borrowing func isInPlace(_ name: String, in folder: LockFolder) -> Bool {
    folder.isInPlace(status, name)
  }

  /// Takes the note back, by an empty line in its place: see ``LockNote``.
  borrowing func clear() { _ = pwrite(descriptor.rawValue, "\n", 1, 0) }
}

/// Why a lock's file or folder could not be used.
struct LockFault {
  enum Kind { case folder, file, watchedFile, key }

  var path: String
  var kind: Kind
  var error: Errno

  var failure: Failure {
    let what =
      kind == .folder ? "the lock folder \(path.shownSafely)" : "the lock \(path.shownSafely)"
    switch error {
    case .tooManySymbolicLinkLevels, .isDirectory, .notDirectory, .noSuchAddressOrDevice,
      .tooManyLinks:
      return odd(what)
    case .readOnlyFileSystem:
      return Failure(
        .denied, "\(what) is on a read-only file system",
        remedy: "run where its file system is mounted for writing")
    case .noSpace, .diskQuotaExceeded:
      return Failure(
        .io, "\(what) cannot be made: the disk is full", remedy: "free some space, then try again")
    case .tooManyOpenFiles, .tooManyOpenFilesInSystem: return OpenFileLimit.failure(what, error)
    default: return denied(what)
    }
  }

  private func odd(_ what: String) -> Failure {
    let wanted = kind == .folder ? "a directory" : "a regular file"
    let why =
      error == .tooManyLinks
      ? "has a second name (a hard link), and is not used" : "exists and is not \(wanted)"
    return Failure(
      .denied, "\(what) \(why)", remedy: "mv -T \(shellPath(path)) \(shellPath(path + ".aside"))")
  }

  private func denied(_ what: String) -> Failure {
    switch kind {
    case .folder:
      return Failure(
        .denied, "\(what) cannot be opened or made by this user (uid \(geteuid()))",
        remedy: "run as the user that owns the database; its folder must be writable")
    case .key:
      return Failure(
        .denied,
        "the key of saved plans \(path.shownSafely) cannot be read or made by this user (uid \(geteuid()))",
        remedy: "run as the user that owns the database")
    case .watchedFile:
      return Failure(
        .denied, "\(what) may not be read, so that nobody can tell who holds it",
        remedy: "run as the user that owns the database")
    case .file:
      return Failure(
        .denied, "\(what) cannot be opened for writing by this user (uid \(geteuid()))",
        remedy: "run as a user that may write it, or give it to the database's owner: "
          + "ls -l \(shellWord(path))")
    }
  }

  /// The failure of a folder that others remove or exchange all the time.
  static func unsettled(_ path: String) -> Failure {
    Failure(
      .busy, "another program removes or replaces the lock folder \(path.shownSafely) all the time",
      remedy: "try again later, or find that program: fuser -v \(shellPath(path))")
  }
}
