internal import Files
package import SystemPackage
package import TinyforgeCore

extension WorkTreeFile {
  /// Puts new bytes in the place of a file that holds `old`, all at once or not at all.
  ///
  /// The new file has the mode and the owner of the old one. Throws where the path is a link or leads
  /// through one, where the file has several names (a hard link would be torn apart), where it has
  /// changed since it was read, and where the folder or the disk does not let it be written; then
  /// nothing has changed. The file's folder is opened once, so that exchanging it leads nowhere else.
  package static func rewrite(_ file: FilePath, from old: [UInt8], to new: [UInt8]) throws(Failure)
  {
    guard file.isText else {
      throw Failure(
        .denied, "\(file.shown) is not rewritten, for its name is not UTF-8",
        remedy: "fix it by hand, or rename it")
    }
    let path = file.string
    if let link = link(onTheWayTo: file) { throw linked(path, link.shown) }
    do throws(AtomicFile.Fault) {
      let file = try AtomicFile(path, links: .trustedAmong(first: depthOfRepository(of: file)))
      guard let status = try file.status() else { throw .system(.noSuchFileOrDirectory) }
      guard status.type == .regular else { throw .notRegular }
      guard status.linkCount == 1 else { throw .severalNames }
      try file.exchange(status, with: new) { descriptor throws(Errno) in
        try contents(descriptor, size: Int(status.size)) == old
      }
    } catch {
      throw notWritten(path, error)
    }
  }

  /// How many first components of an absolute path lead to the repository that holds it.
  ///
  /// All of them where no repository does: how a machine lays out its disks is not the repository's doing.
  private static func depthOfRepository(of path: FilePath) -> Int {
    var folder = path
    while folder.removeLastComponent(), !folder.isEmpty {
      if holdsRepository(folder) { return folder.components.count }
    }
    return path.components.count
  }

  private static func linked(_ path: String, _ link: String) -> Failure {
    Failure(
      .denied,
      "\(path.shownSafely) leads through the symbolic link \(link.shownSafely), and is not rewritten",
      remedy: "name the file by its real path")
  }

  private static func notWritten(_ path: String, _ fault: AtomicFile.Fault) -> Failure {
    let shown = path.shownSafely
    switch fault {
    case .link(let link): return linked(path, link)
    case .notRegular:
      return Failure(
        .denied, "\(shown) is not a regular file, and is not rewritten",
        remedy: "fix the file that it leads to")
    case .severalNames:
      return Failure(
        .denied, "\(shown) is a hard link, and is not rewritten",
        remedy: "copy it, so that it has one name, or fix it by hand")
    case .changed:
      return Failure(
        .io, "\(shown) was changed while it was being fixed", remedy: "run the tool again")
    case .system(.noSuchFileOrDirectory):
      return Failure(.notFound, "\(shown) does not exist any more", remedy: "run the tool again")
    case .system(.noSpace), .system(.diskQuotaExceeded):
      return Failure(
        .io, "the disk of \(shown) is full; nothing was changed", remedy: "free some space")
    case .system(.readOnlyFileSystem):
      return Failure(.denied, "\(shown) is on a read-only file system; nothing was changed")
    case .system(let error) where error == .tooManyOpenFiles || error == .tooManyOpenFilesInSystem:
      return Failure(.io, "\(shown) cannot be rewritten: \(error); nothing was changed")
    case .system:
      return Failure(
        .denied, "\(shown) cannot be rewritten; nothing was changed",
        remedy: "run as the user that owns the file and its folder")
    }
  }
}
