import TinyforgeCore

/// What git tells a hook that it runs: an index or objects that stand beside the usual ones.
///
/// During `git commit -a` or `git commit PATH` the next commit is in an index of its own; during a
/// push the new objects wait in a quarantine folder. Pass it for the hook's own repository only.
package struct GitEnvironment: Sendable, Equatable {
  /// The index to read instead of the repository's own (`GIT_INDEX_FILE`).
  package var indexFile: String?
  /// Folders of objects to read too (`GIT_OBJECT_DIRECTORY`, `GIT_ALTERNATE_OBJECT_DIRECTORIES`).
  package var objectFolders: [String]

  /// The root of the work tree, where it is not beside the repository (`GIT_WORK_TREE`).
  package var workTree: String?

  /// An environment with these values; by default none, as outside of a hook.
  package init(indexFile: String? = nil, objectFolders: [String] = [], workTree: String? = nil) {
    self.indexFile = indexFile
    self.objectFolders = objectFolders
    self.workTree = workTree
  }

  /// Takes the settings from environment variables, looked up by `variable`.
  package init(variable: (String) -> String?) {
    func folders(_ name: String) -> [String] {
      (variable(name) ?? "").splitAtScalar(":", omittingEmpty: true).map { String($0) }
    }
    let index = variable("GIT_INDEX_FILE") ?? ""
    indexFile = index.isEmpty ? nil : index
    let tree = variable("GIT_WORK_TREE") ?? ""
    workTree = tree.isEmpty ? nil : tree
    objectFolders =
      [variable("GIT_OBJECT_DIRECTORY")].compactMap { $0 }.filter { !$0.isEmpty }
      + folders("GIT_ALTERNATE_OBJECT_DIRECTORIES")
  }
}
