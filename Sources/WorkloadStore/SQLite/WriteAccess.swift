internal import CPosix
import Glibc
import TinyforgeCore

/// Whether this user may write a database and what SQLite keeps beside it, asked before it is opened.
enum WriteAccess {
  /// Throws where SQLite would fail later, or only read.
  static func require(_ file: DatabaseFile) throws(Failure) {
    let companions = DatabaseFile.Companion.allCases.map(file.path)
    for path in [file.path] + companions where !DatabaseFile.mayWrite(path) {
      let code = errno
      if code == ENOENT, path != file.path { continue }
      throw failure(path, file, code)
    }
    guard !file.mayMakeFiles, !file.hasLog else { return }
    throw failure(file.folder, file, errno)
  }

  private static func failure(_ path: String, _ file: DatabaseFile, _ code: Int32) -> Failure {
    let shown = path.shownSafely
    if code == EROFS {
      let mount = MountTable.place(of: path).map { " (mounted at \($0.shownSafely))" } ?? ""
      return Failure(
        .denied, "cannot write \(shown): its file system is read-only here\(mount)",
        remedy:
          "run apply where Tinyforge's server runs, which writes the database; plan and drift only read"
      )
    }
    var facts = stat()
    let isOwn = stat(path, &facts) == 0 && facts.st_uid == geteuid() && !file.isOwnerHidden
    let isForeign = path != file.folder && facts.st_uid != file.facts.st_uid
    return Failure(
      .denied, "cannot write \(shown): permission denied to \(Account(geteuid()).described)",
      remedy: isOwn
        ? "chmod u+rwX \(path)"
        : isForeign
          ? "sudo chown --reference=\(file.path) \(path)"
          : AccessText.runAsOwner(file))
  }

  /// Why nothing is written although this user may.
  static func failure(_ file: DatabaseFile, _ access: NewFileAccess) -> Failure {
    let shown = file.path.shownSafely
    let why =
      switch access {
      case .ownerUnknown:
        "this user namespace does not know the database's owner, so that they would belong to another user"
      case .cannotGiveAway:
        "root lacks CAP_CHOWN here, and cannot give them to \(file.owner.described)"
      case .shared, .ownerShutOut:
        "they would belong to \(Account(geteuid()).described), and \(file.owner.described) could not write them"
      }
    return Failure(
      .denied,
      "cannot write the database \(shown): SQLite would have to make its log or journal beside it, and \(why), "
        + "so that the server could not open its database any more",
      remedy: access == .ownerShutOut
        ? "\(AccessText.runAsOwner(file)), or while the server runs, whose own log is used then"
        : AccessText.runAsOwner(file))
  }
}
