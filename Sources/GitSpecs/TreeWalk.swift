internal import SystemPackage
internal import TinyforgeCore

/// Looks up the paths of one tree; neighbours share the folders that are open.
struct TreeWalk {
  private let repository: GitRepository
  private let root: OpenTree
  private var open: [(name: FilePath.Component, tree: OpenTree)] = []

  init(_ repository: GitRepository, _ root: OpenTree) {
    self.repository = repository
    self.root = root
  }

  /// What is at the path.
  mutating func pathEntry(_ path: FilePath) throws(Failure) -> PathEntry {
    let segments = Array(path.components)
    guard let name = segments.last else { return .nothing }
    let folders = segments.dropLast()
    let shared = zip(open, folders).prefix { $0.name == $1 }.count
    open.removeLast(open.count - shared)
    for folder in folders.dropFirst(shared) {
      guard let found = (open.last?.tree ?? root)[folder], found.obstacle == .directory
      else { return .nothing }
      open.append((folder, try repository.openTree(found.id)))
    }
    return (open.last?.tree ?? root)[name].map(PathEntry.init) ?? .nothing
  }
}
