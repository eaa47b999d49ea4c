internal import CPosix
import Glibc
import TinyforgeCore

extension DatabasePlace {
  /// Where the file's file system is mounted, if it is read-only there.
  var readOnlyMount: String? {
    guard access(path, W_OK) != 0, errno == EROFS else { return nil }
    return MountTable.place(of: path) ?? "/"
  }

  /// What keeps this user from using the files that are there: one obstacle for each cause.
  ///
  /// (Nothing is refused to root.)
  func obstacles(to aim: DatabaseAim) -> [AccessObstacle] {
    let files = [path, path + "-wal", path + "-shm", path + "-journal"]
    let locks =
      aim == .writing
      ? [lockFolder] + LockList.files(database: path) : []
    var found: [AccessObstacle] = []
    for file in files + [folder] + locks {
      guard let cause = cause(file, aim) else { continue }
      if let place = found.firstIndex(where: { $0.cause == cause }) {
        found[place].paths.append(file)
      } else {
        found.append(AccessObstacle(cause: cause, paths: [file]))
      }
    }
    return found
  }

  private func cause(_ file: String, _ aim: DatabaseAim) -> AccessObstacle.Cause? {
    var facts = stat()
    guard stat(file, &facts) == 0 else { return nil }
    let isFolder = facts.st_mode & S_IFMT == S_IFDIR
    let reading = isFolder ? X_OK : R_OK
    let writing = isFolder ? R_OK | W_OK | X_OK : R_OK | W_OK
    guard access(file, aim == .reading ? reading : writing) != 0, errno != EROFS else { return nil }
    if facts.st_uid == geteuid(), !UserNamespace.hides(facts.st_uid) { return .ownMode }
    var own = stat()
    guard file != folder, stat(path, &own) == 0, facts.st_uid != own.st_uid else {
      return .foreignDatabase
    }
    return .foreignFile
  }

  /// Why apply would write nothing although this user may write all files that are there.
  ///
  /// Those that SQLite makes would keep the owner out. Nil where they would not, or where the server's own
  /// are there.
  var newFileRefusal: Failure? {
    guard let file = try? DatabaseFile(path) else { return nil }
    let access = NewFileAccess(file)
    guard access != .shared, !file.hasLog else { return nil }
    return WriteAccess.failure(file, access)
  }
}
