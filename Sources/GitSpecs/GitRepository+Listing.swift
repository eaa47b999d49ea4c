internal import CGit2
internal import SystemPackage
package import TinyforgeCore

extension GitRepository {
  /// What is at an entry's path.
  package func content(of entry: SpecEntry) throws(Failure) -> SpecSnapshot.Content {
    switch entry.pathEntry {
    case .nothing: .absent("\(entry.path.shownSafely) is not in \(folder.shownSafely)")
    case .obstacle(let obstacle): .refused(obstacle)
    case .blob(var id): try blob(&id, entry.path.shown)
    }
  }

  /// The entries of a revision's tree whose paths are wanted, in the order of their bytes.
  ///
  /// nil means `HEAD`. A branch without commits holds none.
  package func entries(revision: String?, where wanted: @escaping (String) -> Bool) throws(Failure)
    -> [SpecEntry]
  {
    guard let commit = try commit(ofRevision: revision) else { return [] }
    return try TreeChanges(self, wanted).list(try rootTree(of: commit), without: BaseFolder([]))
  }

  /// What is at one path of a revision's tree; nil for nothing.
  package func entry(revision: String?, path: String) throws(Failure) -> SpecEntry? {
    guard let commit = try commit(ofRevision: revision) else { return nil }
    var walk = TreeWalk(self, try rootTree(of: commit))
    let file = FilePath(path)
    let pathEntry = try walk.pathEntry(file)
    return pathEntry == .nothing ? nil : SpecEntry(path: file, pathEntry: pathEntry)
  }

  /// The root of a commit's tree.
  func rootTree(of commit: borrowing Handle<CommitKind>) throws(Failure) -> OpenTree {
    OpenTree(try make("read the tree of") { git_commit_tree(&$0, commit.pointer) })
  }

  /// A folder's tree.
  func openTree(_ id: git_oid) throws(Failure) -> OpenTree {
    var id = id
    return OpenTree(
      try make("read a folder of") { git_tree_lookup(&$0, handle.pointer, &id) })
  }
}
