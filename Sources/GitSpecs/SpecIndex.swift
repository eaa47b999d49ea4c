internal import SystemPackage
package import TinyforgeCore

/// The index of a repository: what the next commit holds.
///
/// It is read once, when it is made.
package struct SpecIndex {
  private let repository: GitRepository
  private let index: IndexFile

  init(_ repository: GitRepository, _ index: IndexFile) {
    self.repository = repository
    self.index = index
  }

  /// Reads what the next commit holds at the path.
  ///
  /// Conflicting sides of a merge and `git add -N` are refused: neither is a file yet.
  package func read(path: String) throws(Failure) -> SpecSnapshot {
    let path = try RepositoryPath(path)
    let content: SpecSnapshot.Content
    switch try pathEntry(path) {
    case .nothing:
      content = .absent(
        "\(path.text.shownSafely) is not in the index of \(repository.folder.shownSafely)")
    case .obstacle(let obstacle): content = .refused(obstacle)
    case .blob(var id): content = try repository.blob(&id, path.text)
    }
    return SpecSnapshot(
      path: path.text, provenance: .index, repository: repository.folder, commit: nil,
      content: content)
  }

  /// The entries whose paths are wanted, in the index's own order; a conflict counts once.
  package func entries(where wanted: @escaping (String) -> Bool) throws(Failure) -> [SpecEntry] {
    try entries(without: nil, where: wanted)
  }

  /// The same, where a folder outside of a sparse checkout is that of `head` without what is alike in both.
  private func entries(without head: OpenTree?, where wanted: @escaping (String) -> Bool)
    throws(Failure) -> [SpecEntry]
  {
    var entries: [SpecEntry] = []
    for entry in index.entries {
      let bytes = index.path(of: entry)
      if entry.isFolder {
        entries += try inFolder(entry, without: head, where: wanted)
        continue
      }
      guard wanted(String(decoding: bytes, as: UTF8.self)) else { continue }
      let path = FilePath(bytes: bytes)
      guard entries.last?.path != path else { continue }
      entries.append(SpecEntry(path: path, pathEntry: Self.pathEntry(entry)))
    }
    return entries
  }

  /// The entries in a folder of a sparse index.
  private func inFolder(
    _ entry: IndexFile.Entry, without head: OpenTree?, where wanted: @escaping (String) -> Bool
  ) throws(Failure) -> [SpecEntry] {
    let path = index.path(of: entry)
    let (folder, prefix) = (FilePath(bytes: path), String(decoding: path, as: UTF8.self))
    var base: [OpenTree] = []
    if let head, let tree = try repository.tree(folder, in: head) { base = [tree] }
    return try TreeChanges(repository) { wanted(prefix + $0) }
      .list(try repository.openTree(entry.id), without: BaseFolder(base))
      .map { SpecEntry(path: folder.pushing($0.path), pathEntry: $0.pathEntry) }
  }

  /// The entries, of those whose paths are wanted, that the next commit adds or changes.
  ///
  /// What `git add -N` added is in no commit yet. The first commit of a branch adds all that the index holds.
  package func changes(where wanted: @escaping (String) -> Bool) throws(Failure) -> [SpecEntry] {
    // Hardly any index has folders, for which alone the last commit is read before the entries.
    var tree: OpenTree?
    if index.entries.contains(where: \.isFolder), let head = try repository.headCommit() {
      tree = try repository.rootTree(of: head)
    }
    let entries = try entries(without: tree, where: wanted).filter {
      $0.pathEntry != .obstacle(.intentToAdd)
    }
    guard !entries.isEmpty, let head = try repository.headCommit() else {
      return entries
    }
    let root = if let tree { tree } else { try repository.rootTree(of: head) }
    var walk = TreeWalk(repository, root)
    var changed: [SpecEntry] = []
    for entry in entries where try walk.pathEntry(entry.path) != entry.pathEntry {
      changed.append(entry)
    }
    return changed
  }

  /// What is at the path, or is on the way to it: a link or a submodule is the index's only word about what lies below.
  private func pathEntry(_ path: RepositoryPath) throws(Failure) -> PathEntry {
    let name = Array(path.text.utf8)
    var around = PathEntry.nothing
    for entry in index.entries {
      let other = index.path(of: entry)
      if other.elementsEqual(name) { return Self.pathEntry(entry) }
      if Self.isFolder(name[...], of: other) { around = .obstacle(.directory) }
      if entry.isFolder, name.starts(with: other) {
        let rest = String(decoding: name.dropFirst(other.count), as: UTF8.self)
        var tree = entry.id
        return try repository.pathEntry(RepositoryPath(rest), inTree: &tree)
      }
      guard Self.isFolder(other, of: name[...]), entry.stage == 0 else { continue }
      if case .obstacle(let obstacle) = Self.pathEntry(entry) { around = .obstacle(obstacle) }
    }
    return around
  }

  private static func isFolder(_ folder: ArraySlice<UInt8>, of path: ArraySlice<UInt8>) -> Bool {
    path.count > folder.count && path[path.startIndex + folder.count] == UInt8(ascii: "/")
      && path.starts(with: folder)
  }

  private static func pathEntry(_ entry: IndexFile.Entry) -> PathEntry {
    if entry.stage != 0 { return .obstacle(.mergeConflict) }
    if entry.isIntentToAdd { return .obstacle(.intentToAdd) }
    return PathEntry(TreeEntry(mode: entry.mode, id: entry.id))
  }
}
