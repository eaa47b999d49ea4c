internal import CGit2

/// What a C handle points to, and how libgit2 wants it released.
protocol HandleKind {
  static func release(_ pointer: OpaquePointer)
}

/// One owned pointer of libgit2, released when the value goes.
///
/// Its functions borrow the handle that they read from, so nothing is read after its release.
struct Handle<Kind: HandleKind>: ~Copyable {
  let pointer: OpaquePointer

  deinit { Kind.release(pointer) }
}

enum RepositoryKind: HandleKind {
  static func release(_ pointer: OpaquePointer) { git_repository_free(pointer) }
}

enum DatabaseKind: HandleKind {
  static func release(_ pointer: OpaquePointer) { git_odb_free(pointer) }
}

/// An object as the database holds it: type, size, bytes.
enum RawObjectKind: HandleKind {
  static func release(_ pointer: OpaquePointer) { git_odb_object_free(pointer) }
}

/// An object of any type, parsed.
enum ObjectKind: HandleKind {
  static func release(_ pointer: OpaquePointer) { git_object_free(pointer) }
}

enum CommitKind: HandleKind {
  static func release(_ pointer: OpaquePointer) { git_commit_free(pointer) }
}

enum TreeKind: HandleKind {
  static func release(_ pointer: OpaquePointer) { git_tree_free(pointer) }
}

enum ConfigKind: HandleKind {
  static func release(_ pointer: OpaquePointer) { git_config_free(pointer) }
}
