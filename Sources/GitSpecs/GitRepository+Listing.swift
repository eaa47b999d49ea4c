internal import CGit2
package import TinyforgeCore

extension GitRepository {
  /// The paths of the index that are wanted, in the index's own order; a conflict counts once.
  package func indexPaths(where wanted: (String) -> Bool) throws(Failure) -> [String] {
    let index = try openIndex()
    var paths: [String] = []
    for place in 0..<git_index_entrycount(index.pointer) {
      guard let entry = git_index_get_byindex(index.pointer, place) else { continue }
      let path = String(cString: entry.pointee.path)
      if paths.last != path, wanted(path) { paths.append(path) }
    }
    return paths
  }

  /// The paths of a revision's tree that are wanted, in git's order; submodules are not entered.
  ///
  /// nil means `HEAD`. A branch without commits holds none.
  package func paths(revision: String?, where wanted: (String) -> Bool) throws(Failure) -> [String]
  {
    guard let commit = try commit(ofRevision: revision) else { return [] }
    var tree: Handle<TreeKind> = try rootTree(of: commit)
    var paths: [String] = []
    // Folders wait with their ids, so that no depth recurses.
    var waiting: [(prefix: String, id: git_oid)] = []
    var prefix = ""
    while true {
      list(tree, under: prefix, wanted, &paths, &waiting)
      guard var next = waiting.popLast() else { break }
      prefix = next.prefix
      tree = try make("read a folder of") { git_tree_lookup(&$0, handle.pointer, &next.id) }
    }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func rootTree(of commit: borrowing Handle<CommitKind>) throws(Failure) -> Handle<TreeKind>
  {
    try make("read the tree of") { git_commit_tree(&$0, commit.pointer) }
  }

  private func list(
    _ tree: borrowing Handle<TreeKind>, under prefix: String, _ wanted: (String) -> Bool,
    _ paths: inout [String], _ waiting: inout [(prefix: String, id: git_oid)]
  ) {
    for place in 0..<git_tree_entrycount(tree.pointer) {
      guard let entry = git_tree_entry_byindex(tree.pointer, place),
        let name = git_tree_entry_name(entry), let id = git_tree_entry_id(entry)
      else { continue }
      let path = prefix + String(cString: name)
      if git_tree_entry_filemode(entry) == GIT_FILEMODE_TREE {
        waiting.append(("\(path)/", id.pointee))
      } else if wanted(path) {
        paths.append(path)
      }
    }
  }
}

extension GitRepository {
  /// The values of a setting, in the order in which git reads them; empty where it is not set.
  package func settings(named name: String) throws(Failure) -> [String] {
    let config: Handle<ConfigKind> = try make("read the settings of") {
      git_repository_config_snapshot(&$0, handle.pointer)
    }
    let iterator: Handle<ConfigIteratorKind> = try make("read the settings of") {
      git_config_multivar_iterator_new(&$0, config.pointer, name, nil)
    }
    var values: [String] = []
    var entry: UnsafeMutablePointer<git_config_entry>?
    while git_config_next(&entry, iterator.pointer) == 0, let value = entry?.pointee.value {
      values.append(String(cString: value))
    }
    return values
  }
}
