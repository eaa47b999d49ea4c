internal import Synchronization
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

/// The settings of the work trees that a run looks at, each read once.
enum WorkTreeSettings {
  private static let known = Mutex<[FilePath: Result<[GitSetting], Failure>]>([:])

  /// The settings of a work tree, in the order in which git reads them; its owner is not checked.
  static func read(_ place: RepositoryPlace, _ root: FilePath) throws(Failure) -> [GitSetting] {
    if let known = known.withLock({ $0[root] }) { return try known.get() }
    let settings = Result { () throws(Failure) in try GitSettings().settings(in: place) }
    known.withLock { $0[root] = settings }
    return try settings.get()
  }

  /// The same of a repository that git would read; none of one that it would refuse.
  static func ofTrusted(
    _ root: FilePath, _ read: (RepositoryPlace, FilePath) throws(Failure) -> [GitSetting]
  ) -> [GitSetting] {
    guard let place = RepositoryPlace(at: root), (try? RepositoryOwner.check(place)) != nil else {
      return []
    }
    return (try? read(place, root)) ?? []
  }

  /// The file that a setting names, or the user's own of that name in git's folder; nil for none.
  static func file(
    _ setting: String, usually name: String, _ settings: [GitSetting], _ root: FilePath
  ) -> FilePath? {
    let git = GitSettings()
    guard let named = settings.values(named: setting).last else {
      return git.configurationFolder.map { FilePath($0).appending(name) }
    }
    return git.paths.expanded(named).map { root.pushing(FilePath($0)) }
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
