internal import CGit2
internal import TinyforgeCore

/// What a tree or the index says of a path: git's mode and the object's id.
struct TreeEntry {
  var mode: UInt32
  var id: git_oid

  /// What the mode alone decides; nil for a regular file, whose bytes decide.
  var obstacle: SpecObstacle? {
    switch mode {
    case UInt32(GIT_FILEMODE_LINK.rawValue): .symbolicLink
    case UInt32(GIT_FILEMODE_COMMIT.rawValue): .submodule
    case UInt32(GIT_FILEMODE_TREE.rawValue): .directory
    default: nil
    }
  }
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
