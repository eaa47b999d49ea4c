package import SystemPackage
package import TinyforgeCore

extension WorkTreeFile {
  /// The values of a setting for the work tree at `root`, in the order in which git reads them.
  ///
  /// libgit2, which takes longer to start than a lint, is not asked. Throws where the values are those of a
  /// repository that git would refuse for its owner.
  package static func settings(named name: String, root: FilePath) throws(Failure) -> [String] {
    guard let place = RepositoryPlace(at: root) else { return [] }
    let values = try WorkTreeSettings.read(place, root).values(named: name)
    if !values.isEmpty { try RepositoryOwner.check(place) }
    return values
  }
}

extension GitRepository {
  /// The values of a setting, in the order in which git reads them; empty where it is not set.
  package func settings(named name: String) throws(Failure) -> [String] {
    try GitSettings().settings(in: place).values(named: name)
  }

  /// The folder that all work trees share, without a slash at the end.
  package var sharedFolder: FilePath { commonFolder }

  /// The folder of the hooks where no setting names another.
  package var hooksFolder: FilePath { commonFolder.appending("hooks") }

  /// Whether a value of `core.hooksPath` means that folder.
  package func isHooksFolder(_ path: String) -> Bool {
    let named = (workTree ?? gitFolder).pushing(FilePath(path))
    guard let real = WorkTreeFile.realPath(of: named) else { return false }
    return real == WorkTreeFile.realPath(of: commonFolder.appending("hooks"))
  }
}
