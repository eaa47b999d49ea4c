internal import CPosix
import Glibc
package import TinyforgeCore

extension WorkTreeFile {
  /// Puts new bytes in the place of a file that holds `old`, all at once or not at all.
  ///
  /// The new file has the mode and the owner of the old one. Throws where the path is a link or leads
  /// through one, where the file has several names (a hard link would be torn apart), where it has
  /// changed since it was read, and where the folder or the disk does not let it be written; then
  /// nothing has changed.
  package static func rewrite(path: String, from old: [UInt8], to new: [UInt8]) throws(Failure) {
    var facts = stat()
    guard lstat(path, &facts) == 0 else {
      throw Failure(.notFound, "\(path.shownSafely) is gone", remedy: "run the tool again")
    }
    try refuseOddFiles(path, facts)
    let temporary = "\(path).tinyforge-\(getpid())"
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR)
    guard descriptor >= 0 else { throw notWritten(path, errno) }
    do throws(Failure) {
      defer { close(descriptor) }
      try fill(descriptor, new, like: facts, path)
      try exchange(temporary, path, holding: old, facts)
    } catch {
      unlink(temporary)
      throw error
    }
    keep(folderOf: path)
  }

  private static func refuseOddFiles(_ path: String, _ facts: stat) throws(Failure) {
    if let link = link(onTheWayTo: path) {
      throw Failure(
        .denied,
        "\(path.shownSafely) leads through the symbolic link \(link.shownSafely), and is not rewritten",
        remedy: "name the file by its real path")
    }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw Failure(
        .denied, "\(path.shownSafely) is no regular file, and is not rewritten",
        remedy: "fix the file that it leads to")
    }
    guard facts.st_nlink == 1 else {
      throw Failure(
        .denied, "\(path.shownSafely) is a hard link, and is not rewritten",
        remedy: "copy it, so that it has one name, or fix it by hand")
    }
  }

  /// Writes everything to the disk, with the old file's owner and mode.
  private static func fill(_ descriptor: Int32, _ bytes: [UInt8], like facts: stat, _ path: String)
    throws(Failure)
  {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw notWritten(path, errno) }
      rest = rest.dropFirst(count)
    }
    var own = stat()
    let isOwned =
      fstat(descriptor, &own) == 0 && own.st_uid == facts.st_uid && own.st_gid == facts.st_gid
    // The owner first: a change of owner takes special bits of the mode away.
    guard isOwned || fchown(descriptor, facts.st_uid, facts.st_gid) == 0,
      fchmod(descriptor, facts.st_mode & 0o7777) == 0, fsync(descriptor) == 0
    else { throw notWritten(path, errno) }
  }

  /// Takes the old file's place, and gives it back where that was no longer the old file.
  private static func exchange(
    _ temporary: String, _ path: String, holding old: [UInt8], _ facts: stat
  ) throws(Failure) {
    let changed = Failure(
      .io, "\(path.shownSafely) was changed while it was being fixed", remedy: "run the tool again")
    guard case .file(old) = try read(path: path), isSame(path, facts) else { throw changed }
    guard tinyforge_exchange(temporary, path) == 0 else {
      // A file system that cannot exchange: what is saved in this very moment is lost.
      guard rename(temporary, path) == 0 else { throw notWritten(path, errno) }
      return
    }
    guard isSame(temporary, facts), case .file(old)? = try? read(path: temporary) else {
      _ = tinyforge_exchange(temporary, path)
      throw changed
    }
    unlink(temporary)
  }

  private static func isSame(_ path: String, _ facts: stat) -> Bool {
    var now = stat()
    return lstat(path, &now) == 0 && now.st_ino == facts.st_ino && now.st_dev == facts.st_dev
      && now.st_mode == facts.st_mode && now.st_nlink == 1
  }

  /// Makes the new name outlast a crash; a folder that cannot be synced is no fault.
  private static func keep(folderOf path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func notWritten(_ path: String, _ code: Int32) -> Failure {
    let shown = path.shownSafely
    switch code {
    case ENOSPC, EDQUOT:
      return Failure(.io, "the disk of \(shown) is full; nothing was changed", remedy: "make room")
    case EROFS:
      return Failure(.denied, "\(shown) is on a read-only file system; nothing was changed")
    default:
      return Failure(
        .denied, "\(shown) cannot be rewritten; nothing was changed",
        remedy: "run as the user that owns the file and its folder")
    }
  }
}
