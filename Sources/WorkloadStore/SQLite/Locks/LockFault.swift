internal import Files
internal import Glibc
internal import SystemPackage
import TinyforgeCore

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
        .denied, "\(what) may not be read, so its holder is unknown",
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
