internal import CGit2
internal import SystemPackage

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
