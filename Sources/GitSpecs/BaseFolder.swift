internal import CGit2
internal import SystemPackage
internal import TinyforgeCore

/// What other trees hold at one path.
///
/// It is read once for all that is compared with it: a push may have thousands of references, each based on a commit
/// of its own.
final class BaseFolder {
  private let trees: [OpenTree]
  /// The entries of all trees, each once, by their names; of a single tree they are looked up in it.
  private lazy var entries = distinctEntries()
  private var folders: [FilePath: BaseFolder] = [:]

  init(_ trees: [OpenTree]) { self.trees = trees }

  /// Whether one of the trees has this entry under that name.
  func holds(_ entry: TreeEntry, _ name: UnsafePointer<CChar>) -> Bool {
    if trees.count <= 1 { return trees.first?[name]?.isSame(as: entry) == true }
    return entries[FilePath(platformString: name)]?.contains(Entry(entry)) == true
  }

  /// What the trees hold in the folder of that name.
  func folder(_ name: UnsafePointer<CChar>, _ repository: GitRepository) throws(Failure)
    -> BaseFolder
  {
    let name = FilePath(platformString: name)
    if let known = folders[name] { return known }
    var opened: [OpenTree] = []
    for id in subfolders(name) { opened.append(try repository.openTree(id)) }
    let folder = BaseFolder(opened)
    folders[name] = folder
    return folder
  }

  private func subfolders(_ name: FilePath) -> [git_oid] {
    let found =
      trees.count <= 1
      ? trees.compactMap { tree in name.withPlatformString { tree[$0] } }
      : entries[name]?.map(\.entry) ?? []
    return found.filter { $0.obstacle == .directory }.map(\.id)
  }

  private func distinctEntries() -> [FilePath: Set<Entry>] {
    var entries: [FilePath: Set<Entry>] = [:]
    for tree in trees {
      for place in 0..<git_tree_entrycount(tree.handle.pointer) {
        guard let raw = git_tree_entry_byindex(tree.handle.pointer, place),
          let name = git_tree_entry_name(raw), let entry = TreeEntry(raw)
        else { continue }
        entries[FilePath(platformString: name), default: []].insert(Entry(entry))
      }
    }
    return entries
  }

  /// An entry as a member of a set.
  private struct Entry: Hashable {
    let entry: TreeEntry

    init(_ entry: TreeEntry) { self.entry = entry }

    static func == (left: Entry, right: Entry) -> Bool { left.entry.isSame(as: right.entry) }

    func hash(into hasher: inout Hasher) {
      withUnsafeBytes(of: entry.id.id) { hasher.combine(bytes: $0) }
    }
  }
}
