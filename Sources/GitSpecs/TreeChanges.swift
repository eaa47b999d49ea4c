internal import CGit2
internal import SystemPackage
internal import TinyforgeCore

/// Lists the files of a tree that are wanted and differ from those of other trees.
struct TreeChanges {
  private let repository: GitRepository
  private let wanted: (String) -> Bool

  /// A limit above the number of folders of any real work tree: trees that contain each other have no end.
  private static let limit = 1_000_000

  init(_ repository: GitRepository, _ wanted: @escaping (String) -> Bool) {
    self.repository = repository
    self.wanted = wanted
  }

  /// A folder that is still to be read, with what the other trees hold at its path.
  private struct Folder {
    var path: FilePath
    /// The path as text for comparison, with a slash at its end.
    var prefix: String
    var tree: OpenTree
    var base: BaseFolder
  }

  /// The entries of `tree` that differ from all at their paths in `base`; submodules are not entered.
  func list(_ tree: OpenTree, without base: BaseFolder) throws(Failure) -> [SpecEntry] {
    var entries: [SpecEntry] = []
    // Folders wait, so that no depth recurses.
    var waiting = [Folder(path: "", prefix: "", tree: tree, base: base)]
    var count = 0
    while let folder = waiting.popLast() {
      count += 1
      guard count <= Self.limit else {
        throw Failure(
          .repository, "a commit of \(repository.folder.shownSafely) has over a million folders",
          remedy: "remove folders, or name the specs with --path")
      }
      try list(folder, &entries, &waiting)
    }
    return entries.sorted { $0.path.precedesInBytes($1.path) }
  }

  private func list(_ folder: Folder, _ entries: inout [SpecEntry], _ waiting: inout [Folder])
    throws(Failure)
  {
    for place in 0..<git_tree_entrycount(folder.tree.handle.pointer) {
      guard let raw = git_tree_entry_byindex(folder.tree.handle.pointer, place),
        let name = git_tree_entry_name(raw), let entry = TreeEntry(raw)
      else { continue }
      let isFolder = entry.obstacle == .directory
      let text = folder.prefix + String(cString: name)
      guard isFolder || wanted(text) else { continue }
      if folder.base.holds(entry, name) { continue }
      guard isFolder else {
        entries.append(
          SpecEntry(
            path: folder.path.pushing(FilePath(platformString: name)), pathEntry: PathEntry(entry)))
        continue
      }
      waiting.append(
        Folder(
          path: folder.path.pushing(FilePath(platformString: name)), prefix: text + "/",
          tree: try repository.openTree(entry.id),
          base: try folder.base.folder(name, repository)))
    }
  }
}
