/// Where a repository was found, and where it was looked for.
package struct MirrorLookup: Sendable, Equatable {
  /// The folder of the repository, nil where none is.
  package var found: String?
  /// Every path that was tried, in order; empty where owner or name could name no folder.
  package var tried: [String]

  /// Creates one from its parts.
  package init(found: String?, tried: [String]) {
    self.found = found
    self.tried = tried
  }
}
