package import SystemPackage

/// What git names to a hook that it runs: an index or objects other than the usual ones.
///
/// During `git commit -a` or `git commit PATH` the next commit is in an index of its own; during a
/// push the new objects wait in a quarantine folder. Pass it for the hook's own repository only.
package struct GitEnvironment: Sendable, Equatable {
  /// The index to read instead of the repository's own (`GIT_INDEX_FILE`).
  package var indexFile: FilePath?
  /// Folders of objects to read too (`GIT_OBJECT_DIRECTORY`, `GIT_ALTERNATE_OBJECT_DIRECTORIES`).
  package var objectFolders: [FilePath]

  /// The root of the work tree, where it is not beside the repository (`GIT_WORK_TREE`).
  package var workTree: FilePath?

  /// An environment with these values; by default none, as outside of a hook.
  package init(
    indexFile: FilePath? = nil, objectFolders: [FilePath] = [], workTree: FilePath? = nil
  ) {
    self.indexFile = indexFile
    self.objectFolders = objectFolders
    self.workTree = workTree
  }

  /// Takes the settings from environment variables, looked up by `variable`.
  package init(variable: (String) -> FilePath?) {
    func path(_ name: String) -> FilePath? { variable(name).flatMap { $0.isEmpty ? nil : $0 } }
    indexFile = path("GIT_INDEX_FILE")
    workTree = path("GIT_WORK_TREE")
    let others = path("GIT_ALTERNATE_OBJECT_DIRECTORIES")?.pathBytes ?? []
    objectFolders =
      [path("GIT_OBJECT_DIRECTORY")].compactMap(\.self)
      + Alternates.paths(in: others, separator: UInt8(ascii: ":"))
  }
}
