internal import Files
internal import Glibc
internal import SystemPackage
internal import TinyforgeCore

/// Where a repository is on disk, found as git finds it.
struct RepositoryPlace {
  /// The folder that holds `.git`; nil where the repository's own folder was named.
  var root: FilePath?
  /// The path of `.git` where that is a file, as in linked work trees and submodules.
  var gitFile: FilePath?
  /// The folder that holds `HEAD`.
  let gitFolder: FilePath
  /// The folder that all work trees share.
  let commonFolder: FilePath
  /// Whether this is one of several work trees of a repository.
  let isLinked: Bool

  /// The repository that is at exactly this path, if one is at all.
  init(exactly path: FilePath) {
    self = Self.git(in: path) ?? RepositoryPlace(gitFolder: path)
  }

  /// The repository of exactly this folder; nil where nothing looks like one.
  init?(at folder: FilePath) {
    guard let found = Self.git(in: folder) ?? RepositoryPlace(checked: folder) else { return nil }
    self = found
  }

  /// The repository that holds a folder.
  init?(above folder: FilePath) {
    guard var current = WorkTreeFile.realPath(of: folder) else { return nil }
    while true {
      if let found = RepositoryPlace(at: current) {
        self = found
        return
      }
      guard current.removeLastComponent() else { return nil }
    }
  }

  /// A repository's own folder.
  init(gitFolder: FilePath) { self.init(root: nil, gitFile: nil, gitFolder: gitFolder) }

  private init(root: FilePath?, gitFile: FilePath?, gitFolder: FilePath) {
    (self.root, self.gitFile, self.gitFolder) = (root, gitFile, gitFolder)
    let common = Self.line(of: gitFolder.appending("commondir"), after: "")
    isLinked = common != nil
    commonFolder = common.map { gitFolder.pushing($0) } ?? gitFolder
  }

  /// The repository whose own folder this is; nil where nothing looks like one.
  private init?(checked folder: FilePath, root: FilePath? = nil) {
    // A link may lead nowhere yet: it is an old form of `ref:`.
    guard WorkTreeFile.isThere(folder.appending("HEAD")) else { return nil }
    self.init(root: root, gitFile: nil, gitFolder: folder)
    guard hasObjectsAndReferences else { return nil }
  }

  private var hasObjectsAndReferences: Bool {
    (try? Stat(commonFolder.appending("objects"))) != nil
      && (try? Stat(commonFolder.appending("refs"))) != nil
  }

  private static func git(in folder: FilePath) -> RepositoryPlace? {
    let git = folder.appending(".git")
    guard let status = try? Stat(git) else { return nil }
    if status.type == .directory { return RepositoryPlace(checked: git, root: folder) }
    guard status.type == .regular, let target = line(of: git, after: "gitdir: ") else { return nil }
    return RepositoryPlace(root: folder, gitFile: git, gitFolder: folder.pushing(target).real)
  }

  /// The root of the linked work tree that this folder serves.
  var linkedRoot: FilePath? {
    Self.line(of: gitFolder.appending("gitdir"), after: "")?.removingLastComponent()
  }

  /// Whether this is a repository whose `HEAD` is an old symbolic link to a branch.
  var hasLinkForHead: Bool { linkedHead != nil && hasObjectsAndReferences }

  /// What `HEAD` names where it is a link, as git once wrote it.
  private var linkedHead: String? {
    let target = WorkTreeFile.target(ofLink: gitFolder.appending("HEAD"))?.string
    return target?.startsWithBytes(of: "refs/") == true ? target : nil
  }

  /// The branch that `HEAD` names, without `refs/heads/`.
  var branch: String? {
    guard
      let name = linkedHead
        ?? Self.line(of: gitFolder.appending("HEAD"), after: "ref:")?.string
    else { return nil }
    let branch = name.utf8.drop { $0 == UInt8(ascii: " ") }
    guard branch.starts(with: "refs/heads/".utf8) else { return nil }
    return String(Substring(branch.dropFirst("refs/heads/".utf8.count)))
  }

  /// The names of the repository's own folder that conditions of includes are matched with: the real one, and
  /// that through links where the shell is in its root.
  func names(_ variable: (String) -> String?) -> [FilePath] {
    var names = [gitFolder.real]
    if let root, gitFile == nil, let shell = variable("PWD").map({ FilePath($0) }),
      shell.isAbsolute, let here = try? Stat(shell), let there = try? Stat(root),
      here.inode == there.inode, here.deviceID == there.deviceID
    {
      names.append(shell.appending(".git"))
    }
    return names
  }

  /// What a small file holds after a word, without line breaks at the end; nil where it does not start so.
  private static func line(of file: FilePath, after word: String) -> FilePath? {
    let limit = 8192
    guard let bytes = file.beginning(upTo: limit), bytes.count < limit,
      bytes.starts(with: word.utf8)
    else { return nil }
    var text = bytes.dropFirst(word.utf8.count)
    while text.last == 10 || text.last == 13 { text = text.dropLast() }
    return text.isEmpty ? nil : FilePath(bytes: text)
  }
}
