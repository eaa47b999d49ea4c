internal import CPosix
import Glibc
import SystemPackage
import TinyforgeCore

/// What is said where a database cannot be opened by this user, or not now.
enum AccessText {
  static func runAsOwner(_ file: DatabaseFile) -> Remedy {
    if file.isOwnerHidden {
      return
        "run it outside this user namespace (a container without root), as the owner of the database"
    }
    return
      "run as the owner of the database, \(prose: file.owner.described): \(file.owner.prefix) ..."
  }

  /// Such as ` (process 17)`; empty where the process is not known.
  static func process(_ number: Int32?) -> String {
    number.map { $0 > 0 ? " (process \($0))" : "" } ?? ""
  }

  static func unreadable(_ path: String, _ file: DatabaseFile, _ error: Errno) -> Failure {
    let shown = path.shownSafely
    guard error == .permissionDenied || error == .notPermitted else {
      return Failure(
        .io, "cannot read \(shown): \(error)", remedy: "check the disk, and run the command again")
    }
    var facts = stat()
    guard stat(path, &facts) == 0, path != file.path, facts.st_uid != file.facts.st_uid else {
      return Failure(
        .denied, "cannot read \(shown): permission denied to \(Account(geteuid()).described)",
        remedy: runAsOwner(file))
    }
    return Failure(
      .denied,
      "cannot read \(shown): it belongs to \(Account(facts.st_uid).described), not to the owner of the database",
      remedy: "sudo chown --reference=\(file.path) \(path)")
  }

  /// Throws where SQLite would only call the log or the shared memory unable to open.
  static func requireReadable(_ file: DatabaseFile) throws(Failure) {
    for path in [file.path(.log), file.path(.sharedMemory)] {
      guard faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) != 0 else { continue }
      throw unreadable(path, file, Errno(rawValue: errno))
    }
  }

  /// A process has the database open, and its log is missing.
  static func inTransition(_ file: DatabaseFile, _ process: Int32?) -> Failure {
    Failure(
      .busy,
      "the database \(file.path.shownSafely) is just being opened, closed or replaced by another "
        + "program\(Self.process(process)): its server is starting or stopping",
      remedy: "try again in a moment")
  }

  static func copyFailed(_ file: DatabaseFile, _ error: Errno) -> Failure {
    let shown = file.path.shownSafely
    switch error {
    case .fileTooLarge:
      return Failure(
        .denied,
        "the database \(shown) is larger than \(DatabaseImage.sizeLimit >> 20) MiB, the most that is read by "
          + "another user than its owner while the server does not run",
        remedy: "\(runAsOwner(file)), or while the server runs")
    case .noSpace, .diskQuotaExceeded, .noMemory:
      return Failure(
        .io, "no room for a private copy of the database \(shown) and its log",
        remedy: "set TMPDIR to a folder with room for it, or \(runAsOwner(file))")
    case .permissionDenied, .noSuchFileOrDirectory, .readOnlyFileSystem:
      return Failure(
        .denied, "cannot make a private copy of the database \(shown) and its log: \(error)",
        remedy: "set TMPDIR to a folder that you may write, or \(runAsOwner(file))")
    default: return unreadable(file.path, file, error)
    }
  }
}
