internal import Glibc
internal import SystemPackage
internal import TinyforgeCore

extension GitRepository {
  /// When the repository was last fetched, seconds since 1970; nil if it has no remote and so
  /// is not a mirror.
  ///
  /// `git fetch` writes `FETCH_HEAD` even where nothing is new. A push into the mirror, or a fetch
  /// that writes no `FETCH_HEAD`, writes the branch's own file. A clone that was never fetched has
  /// `packed-refs` of when it was made; later that file says nothing, since `git gc` writes it too.
  package func lastFetch(branch: String?) -> Int64? {
    guard hasRemote else { return nil }
    let names = branch.map { ["refs/heads/\($0)", "refs/remotes/origin/\($0)"] } ?? []
    let times =
      ([gitFolder.appending("FETCH_HEAD").string] + names.map { "\(commonFolder.string)/\($0)" })
      .compactMap(Self.modified)
    return times.max() ?? Self.modified(commonFolder.appending("packed-refs").string)
      ?? Self.modified(gitFolder.appending("HEAD").string)
  }

  private static func modified(_ path: String) -> Int64? {
    guard !path.utf8.contains(0), let facts = try? Stat(FilePath(path)) else { return nil }
    return Int64(facts.st_mtim.tv_sec)
  }

  private var hasRemote: Bool {
    if ownSettings.contains(where: \.isRemote) { return true }
    guard ownSettings.contains(where: { $0.name.startsWithBytes(of: "include") }) else {
      return false
    }
    return (try? GitSettings().settings(in: place))?.contains(where: \.isRemote) == true
  }
}
