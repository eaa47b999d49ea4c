internal import Files
internal import Glibc
package import SystemPackage

extension WorkTreeFile {
  /// The root of the work tree that holds `folder`, absolute and without links; nil where none is.
  ///
  /// A root holds `.git`: a folder with a `HEAD` in it, or the file that a linked worktree or a
  /// submodule has there. As git does, an empty folder of that name is passed by.
  package static func repositoryRoot(above folder: FilePath) -> FilePath? {
    guard var current = realPath(of: folder) else { return nil }
    while true {
      if holdsRepository(current) { return current }
      if !current.removeLastComponent() { return nil }
    }
  }

  /// A folder's path from the root of the work tree that holds it, empty for the root itself; nil where none does.
  package static func pathFromRoot(ofFolder folder: FilePath) -> FilePath? {
    guard let root = repositoryRoot(above: folder), var path = realPath(of: folder),
      path.removePrefix(root)
    else { return nil }
    return path
  }

  /// The absolute path without links; nil where it leads nowhere.
  static func realPath(of path: FilePath) -> FilePath? {
    guard let resolved = path.withPlatformString({ realpath($0, nil) }) else { return nil }
    defer { free(resolved) }
    return FilePath(platformString: resolved)
  }

  /// Whether the folder is the root of a work tree.
  static func isRepositoryRoot(_ folder: FilePath) -> Bool { holdsRepository(folder) }

  /// Whether anything is at the path; a link is, wherever it leads.
  package static func isThere(_ path: FilePath) -> Bool {
    (try? Stat(path, followTargetSymlink: false)) != nil
  }

  /// Where a link leads, as it is written; nil for anything else.
  static func target(ofLink path: FilePath) -> FilePath? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = path.withPlatformString { readlink($0, &buffer, buffer.count) }
    return count > 0 ? FilePath(bytes: buffer[..<count].map { UInt8(bitPattern: $0) }) : nil
  }

  static func holdsRepository(_ folder: FilePath) -> Bool {
    let git = folder.appending(".git")
    guard let status = try? Stat(git) else { return false }
    if status.type == .directory { return isThere(git.appending("HEAD")) }
    guard status.type == .regular, let descriptor = try? FileDescriptor.open(git, .readOnly) else {
      return false
    }
    defer { try? descriptor.close() }
    let mark = Array("gitdir:".utf8)
    return (try? descriptor.beginning(upTo: mark.count)) == mark
  }

  /// The outermost symbolic link among the folders of a path, which git would not go through.
  ///
  /// Of an absolute path those folders count that are in a repository: how a machine lays out its
  /// disks is not the repository's doing.
  package static func link(onTheWayTo path: FilePath) -> FilePath? {
    var folder = path
    let isRelative = folder.isRelative
    var found: FilePath?
    while folder.removeLastComponent(), !folder.isEmpty {
      if !isRelative, holdsRepository(folder) { return found }
      if let status = try? Stat(folder, followTargetSymlink: false), status.type == .symbolicLink {
        found = folder
      }
    }
    return isRelative ? found : nil
  }
}
