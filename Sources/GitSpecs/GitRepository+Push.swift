internal import CGit2
package import TinyforgeCore

extension GitRepository {
  /// Commits beyond this number are taken as new without a look at what they are based on.
  private static let walkLimit = 100_000

  /// Finds what is new among the histories of these commits: what no reference matching `references` leads to.
  package func commits(pushed ids: [String], besides references: String) throws(Failure)
    -> PushedCommits
  {
    var pushed = PushedCommits()
    guard !ids.isEmpty else { return pushed }
    let walk: Handle<WalkKind> = try make("read the history of") {
      git_revwalk_new(&$0, handle.pointer)
    }
    for id in ids {
      guard let commit = try? commit(ofRevision: id), let oid = git_commit_id(commit.pointer) else {
        continue
      }
      try attempt("read the history of") { git_revwalk_push(walk.pointer, oid) }
    }
    try attempt("read the references of") { git_revwalk_hide_glob(walk.pointer, references) }
    var (id, new, parents) = (git_oid(), Set<String>(), [String: git_oid]())
    while git_revwalk_next(&id, walk.pointer) == 0 {
      guard new.count < Self.walkLimit else { return pushed }
      new.insert(hexadecimal(id))
      let commit = try commit(&id, "a commit")
      for number in 0..<git_commit_parentcount(commit.pointer) {
        guard let parent = git_commit_parent_id(commit.pointer, number)?.pointee else { continue }
        parents[hexadecimal(parent)] = parent
      }
    }
    var (trees, known) = ([OpenTree](), Set<String>())
    for (name, parent) in parents where !new.contains(name) {
      var parent = parent
      // Cut off in a shallow clone: then more is checked than would have to be.
      guard let commit = try? commit(&parent, name) else { continue }
      guard let tree = git_commit_tree_id(commit.pointer),
        known.insert(hexadecimal(tree.pointee)).inserted
      else { continue }
      if let tree = try? rootTree(of: commit) { trees.append(tree) }
    }
    pushed.base = BaseFolder(trees)
    pushed.new = new
    return pushed
  }

  /// The entries that a pushed commit adds or changes, of those whose paths are wanted.
  ///
  /// It is compared with the commit that the reference led to; where that is nil or not here, with the
  /// commits that the push is based on.
  package func changes(
    to new: String, from old: String?, _ pushed: PushedCommits,
    where wanted: @escaping (String) -> Bool
  ) throws(Failure) -> [SpecEntry] {
    guard let commit = try commit(ofRevision: new) else { return [] }
    let changes = TreeChanges(self, wanted)
    let tree = try rootTree(of: commit)
    if let old, let known = try? self.commit(ofRevision: old), let base = try? rootTree(of: known) {
      return try changes.list(tree, without: BaseFolder([base]))
    }
    if let news = pushed.new, let id = git_commit_id(commit.pointer),
      !news.contains(hexadecimal(id.pointee))
    {
      return []
    }
    return try changes.list(tree, without: pushed.base)
  }
}

private enum WalkKind: HandleKind {
  static func release(_ pointer: OpaquePointer) { git_revwalk_free(pointer) }
}
