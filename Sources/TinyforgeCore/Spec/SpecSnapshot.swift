/// A spec's bytes, or why there are none, with the place that they were read from.
package struct SpecSnapshot: Sendable, Equatable {
  /// Where the bytes were read.
  package enum Provenance: String, Sendable {
    case worktree, index, commit, http
  }

  /// What is at the path.
  package enum Content: Sendable, Equatable {
    /// A regular file, whole.
    case file([UInt8])
    /// Nothing; the text says what was looked for and not found.
    case absent(String)
    /// Something that is never read as a spec.
    case refused(SpecObstacle)
  }

  /// The path within the repository, or as it was given on the command line.
  package var path: String
  /// Where it was read from.
  package var provenance: Provenance
  /// The repository's folder on disk (or its address), where there is one.
  package var repository: String?
  /// The commit it is of; nil where it is of none.
  package var commit: CommitFacts?
  /// What was found at the path.
  package var content: Content

  /// Creates one from its parts.
  package init(
    path: String, provenance: Provenance, repository: String?, commit: CommitFacts?,
    content: Content
  ) {
    self.path = path
    self.provenance = provenance
    self.repository = repository
    self.commit = commit
    self.content = content
  }
}
