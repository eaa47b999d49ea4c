internal import Glibc
internal import SystemPackage

extension WorkTreeFile {
  /// The root of the work tree that holds `folder`, absolute and without links; nil where none is.
  ///
  /// A root holds `.git`: a folder with a `HEAD` in it, or the file that a linked worktree or a
  /// submodule has there. As git does, an empty folder of that name is passed by.
  package static func repositoryRoot(above folder: String) -> String? {
    guard !folder.utf8.contains(0), let resolved = realpath(folder, nil) else { return nil }
    var current = FilePath(String(cString: resolved))
    free(resolved)
    while true {
      if holdsRepository(current) { return current.string }
      if !current.removeLastComponent() { return nil }
    }
  }

  /// A folder's path from the root of the work tree that holds it, empty for the root itself; nil where none does.
  package static func pathFromRoot(ofFolder folder: String) -> String? {
    guard let root = repositoryRoot(above: folder), let resolved = realpath(folder, nil) else {
      return nil
    }
    defer { free(resolved) }
    let below = String(cString: resolved).utf8.dropFirst(root.utf8.count)
    return String(Substring(below.drop { $0 == UInt8(ascii: "/") }))
  }

  /// Whether the folder is the root of a work tree.
  static func isRepositoryRoot(_ folder: String) -> Bool { holdsRepository(FilePath(folder)) }

  /// Whether anything is at the path; a link is, wherever it leads.
  package static func isThere(_ path: String) -> Bool {
    guard !path.utf8.contains(0) else { return false }
    return (try? Stat(FilePath(path), followTargetSymlink: false)) != nil
  }

  static func holdsRepository(_ folder: FilePath) -> Bool {
    let git = folder.appending(".git")
    guard let status = try? Stat(git) else { return false }
    if status.type == .directory { return (try? Stat(git.appending("HEAD"))) != nil }
    guard status.type == .regular, let descriptor = try? FileDescriptor.open(git, .readOnly) else {
      return false
    }
    defer { try? descriptor.close() }
    let mark = Array("gitdir:".utf8)
    let start = [UInt8](unsafeUninitializedCapacity: mark.count) { buffer, count in
      count = (try? descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
    }
    return start == mark
  }

  /// The outermost symbolic link among the folders of a path, which git would not go through.
  ///
  /// Of an absolute path those folders count that stand in a repository: how a machine lays out its
  /// disks is not the repository's doing.
  package static func link(onTheWayTo path: String) -> String? {
    var folder = FilePath(path)
    let isRelative = folder.isRelative
    var found: String?
    while folder.removeLastComponent(), !folder.isEmpty {
      if !isRelative, holdsRepository(folder) { return found }
      if let status = try? Stat(folder, followTargetSymlink: false), status.type == .symbolicLink {
        found = folder.string
      }
    }
    return isRelative ? found : nil
  }

  /// Whether git's settings may hold a section of that name for the work tree at `root`.
  ///
  /// A look at bytes, for libgit2 takes longer to start than a lint.
  package static func mayHaveSetting(_ section: String, root: String) -> Bool {
    // Of a linked work tree `.git` is a file, and the settings are elsewhere.
    GitSettings.mayHold(section, file: "\(root)/.git/config") ?? true
      || GitSettings().mayHold(section)
  }
}
