internal import SystemPackage
internal import TinyforgeCore

/// The files of a work tree that git tracks although a rule of it ignores them: no rule concerns a tracked file.
struct TrackedFiles: Hashable {
  /// The folder of the search that the repository was found from.
  let folder: FilePath
  /// The root of its work tree.
  let root: FilePath
  /// The folder's path from the root on, with a slash at the end unless it is the root.
  let start: [UInt8]

  /// The paths under the folder, from it on, which are wanted and there.
  ///
  /// Throws if the index cannot be read: then it is unknown what is tracked.
  func paths(wanted: @escaping (Substring) -> Bool) throws(Failure) -> [FilePath] {
    guard let place = RepositoryPlace(at: root), let index = try index(of: place) else { return [] }
    var paths: [FilePath] = []
    for entry in index.entries {
      let whole = index.path(of: entry)
      if entry.isFolder {
        paths += try inFolder(entry, whole, place, wanted)
        continue
      }
      guard let path = path(whole, wanted) else { continue }
      // The sides of a conflict are one file.
      if paths.last != path, isThere(path) { paths.append(path) }
    }
    return paths
  }

  /// The path from the folder of the search on; nil for one that is elsewhere or not wanted.
  private func path(_ whole: ArraySlice<UInt8>, _ wanted: (Substring) -> Bool) -> FilePath? {
    guard whole.starts(with: start) else { return nil }
    let bytes = whole.dropFirst(start.count)
    guard wanted("/\(String(decoding: bytes, as: UTF8.self))"[...]) else { return nil }
    return FilePath(bytes: bytes)
  }

  /// The index; nil for a work tree in which nothing was added.
  private func index(of place: RepositoryPlace) throws(Failure) -> IndexFile? {
    let file = place.gitFolder.appending("index")
    let bytes: [UInt8]
    do throws(Errno) {
      bytes = try GitRepository.contents(file)
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      throw IndexFile.failure(error, file)
    }
    do throws(IndexFile.Fault) {
      return try IndexFile(
        bytes, in: place.gitFolder,
        hashLength: Self.isSHA256(place) ? 32 : IndexFile.hashLength)
    } catch {
      throw error.failure(of: file, in: root.string)
    }
  }

  private static func isSHA256(_ place: RepositoryPlace) -> Bool {
    let settings = (try? GitSettings.format(of: place)) ?? []
    return settings.values(named: "extensions.objectformat").last == "sha256"
  }

  /// What is tracked in a folder that is outside of a sparse checkout: files that are there all the same.
  private func inFolder(
    _ entry: IndexFile.Entry, _ whole: ArraySlice<UInt8>, _ place: RepositoryPlace,
    _ wanted: @escaping (Substring) -> Bool
  ) throws(Failure) -> [FilePath] {
    let isRelated = whole.starts(with: start) || start.starts(with: whole)
    guard isRelated, SpecSearch.isFolder(root.pushing(FilePath(bytes: whole))) else { return [] }
    let repository: GitRepository
    do throws(Failure) {
      repository = try GitRepository.open(root)
    } catch {
      throw Failure(
        error.code,
        "cannot tell what git tracks in \(FilePath(bytes: whole).shownSafely), of which the index of "
          + "\(root.shownSafely) is sparse: \(error.message)",
        remedy: "git -C \(shellWord(root)) sparse-checkout reapply --no-sparse-index")
    }
    let prefix = Array(whole)
    return try TreeChanges(repository) { path(prefix[...] + Array($0.utf8), wanted) != nil }
      .list(try repository.openTree(entry.id), without: BaseFolder([]))
      .map { FilePath(bytes: (prefix + $0.path.pathBytes).dropFirst(start.count)) }
      .filter(isThere)
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
