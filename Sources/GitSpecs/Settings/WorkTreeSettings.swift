internal import Synchronization
internal import SystemPackage
internal import TinyforgeCore

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
