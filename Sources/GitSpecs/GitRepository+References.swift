internal import CGit2
internal import SystemPackage
internal import TinyforgeCore

extension GitRepository {
  /// The short names of the branches, remote branches and tags of a repository, for completions: sorted, and
  /// empty if the repository cannot be read.
  ///
  /// `folder` is the repository; nil takes the one around the working directory.
  package static func revisionNames(at folder: String?) -> [String] {
    let repository =
      try? folder.map { path throws(Failure) in try open(path) } ?? discover(above: ".")
    return (repository?.referenceNames ?? []).compactMap { name in
      for kind in ["refs/heads/", "refs/tags/", "refs/remotes/"]
      where name.utf8.starts(with: kind.utf8) {
        return String(decoding: name.utf8.dropFirst(kind.utf8.count), as: UTF8.self)
      }
      return nil
    }.sorted()
  }

  /// The full names of all references; empty if they cannot be read.
  private var referenceNames: [String] {
    var list = git_strarray()
    guard git_reference_list(&list, handle.pointer) == 0 else { return [] }
    defer { git_strarray_dispose(&list) }
    return (0..<list.count).compactMap { list.strings[$0].map { String(cString: $0) } }
  }
}
