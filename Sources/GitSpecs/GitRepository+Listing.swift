internal import CGit2
package import SystemPackage
package import TinyforgeCore

/// A path of the index or of a commit's tree, with what is at it.
package struct SpecEntry: Sendable {
  /// The path in the tree.
  package let path: FilePath
  let standing: Standing

  /// What tells contents of one path apart: the object's id, or what is there instead of a file.
  package var identity: String {
    switch standing {
    case .nothing: ""
    case .obstacle(let obstacle): "\(obstacle)"
    case .blob(let id): hexadecimal(id)
    }
  }
}

extension GitRepository {
  /// What is at an entry's path.
  package func content(of entry: SpecEntry) throws(Failure) -> SpecSnapshot.Content {
    switch entry.standing {
    case .nothing: .absent("\(entry.path.shownSafely) is not in \(folder.shownSafely)")
    case .obstacle(let obstacle): .refused(obstacle)
    case .blob(var id): try blob(&id, entry.path.shown)
    }
  }

  /// The entries of a revision's tree whose paths are wanted, in the order of their bytes.
  ///
  /// nil means `HEAD`. A branch without commits holds none.
  package func entries(revision: String?, where wanted: @escaping (String) -> Bool) throws(Failure)
    -> [SpecEntry]
  {
    guard let commit = try commit(ofRevision: revision) else { return [] }
    return try TreeChanges(self, wanted).list(try rootTree(of: commit), without: BaseFolder([]))
  }

  /// What is at one path of a revision's tree; nil for nothing.
  package func entry(revision: String?, path: String) throws(Failure) -> SpecEntry? {
    guard let commit = try commit(ofRevision: revision) else { return nil }
    var walk = TreeWalk(self, try rootTree(of: commit))
    let file = FilePath(path)
    let standing = try walk.standing(file)
    return standing == .nothing ? nil : SpecEntry(path: file, standing: standing)
  }

  /// The root of a commit's tree.
  func rootTree(of commit: borrowing Handle<CommitKind>) throws(Failure) -> OpenTree {
    OpenTree(try make("read the tree of") { git_commit_tree(&$0, commit.pointer) })
  }

  /// A folder's tree.
  func openTree(_ id: git_oid) throws(Failure) -> OpenTree {
    var id = id
    return OpenTree(
      try make("read a folder of") { git_tree_lookup(&$0, handle.pointer, &id) })
  }
}

/// A tree that several owners may hold.
final class OpenTree {
  let handle: Handle<TreeKind>

  init(_ handle: consuming Handle<TreeKind>) { self.handle = handle }

  /// The entry of that name.
  subscript(name: UnsafePointer<CChar>) -> TreeEntry? {
    git_tree_entry_byname(handle.pointer, name).flatMap(TreeEntry.init)
  }

  subscript(name: FilePath.Component) -> TreeEntry? { name.withPlatformString { self[$0] } }

  var id: git_oid? { git_tree_id(handle.pointer)?.pointee }
}

extension TreeEntry {
  /// Whether both are the same object in the same role; a file may become executable.
  func isSame(as other: TreeEntry) -> Bool {
    obstacle == other.obstacle && GitSpecs.isSame(id, other.id)
  }

  init?(_ entry: OpaquePointer) {
    guard let id = git_tree_entry_id(entry) else { return nil }
    self.init(mode: UInt32(git_tree_entry_filemode(entry).rawValue), id: id.pointee)
  }
}

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
  mutating func standing(_ path: FilePath) throws(Failure) -> Standing {
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
    return (open.last?.tree ?? root)[name].map(Standing.init) ?? .nothing
  }
}
