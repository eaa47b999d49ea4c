internal import SystemPackage

/// The files of a work tree that git tracks although a rule of it ignores them: no rule concerns a tracked file.
struct TrackedFiles: Hashable {
  /// The folder of the search that the repository was found from.
  let folder: FilePath
  /// The root of its work tree.
  let root: FilePath
  /// The folder's path from the root on, with a slash at the end unless it is the root.
  let start: [UInt8]

  /// The paths under the folder, from it on, which are wanted and there; none where the index cannot be read, as
  /// then nothing is known to be tracked.
  func paths(wanted: (Substring) -> Bool) -> [FilePath] {
    guard let place = RepositoryPlace(at: root),
      let bytes = try? GitRepository.contents(place.gitFolder.appending("index")),
      let index = try? IndexFile(bytes)
    else { return [] }
    var paths: [FilePath] = []
    for entry in index.entries {
      let whole = index.path(of: entry)
      guard whole.starts(with: start) else { continue }
      let bytes = whole.dropFirst(start.count)
      guard wanted("/\(String(decoding: bytes, as: UTF8.self))"[...]) else { continue }
      let path = FilePath(bytes: bytes)
      // The sides of a conflict are one file.
      if paths.last != path, isThere(path) { paths.append(path) }
    }
    return paths
  }

  /// Whether a file or a link is at the path, and no link on the way to it.
  private func isThere(_ path: FilePath) -> Bool {
    var place = folder
    var type: FileType?
    for name in path.components {
      guard type == nil || type == .directory else { return false }
      place.append(name)
      type = try? Stat(place, followTargetSymlink: false).type
      if type == nil { return false }
    }
    return type != .directory
  }
}
