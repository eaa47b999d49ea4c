package import SystemPackage

/// A path of the index or of a commit's tree, with what is at it.
package struct SpecEntry: Sendable {
  /// The path in the tree.
  package let path: FilePath
  let pathEntry: PathEntry

  /// What distinguishes contents of one path: the object's id, or what is there instead of a file.
  package var identity: String {
    switch pathEntry {
    case .nothing: ""
    case .obstacle(let obstacle): "\(obstacle)"
    case .blob(let id): hexadecimal(id)
    }
  }
}
