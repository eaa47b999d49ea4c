/// A spec's bytes, or why there are none, with the place that they were read from.
package struct SpecSnapshot: Sendable, Equatable {
  /// Where the bytes were read.
  package enum Origin: String, Sendable {
    case worktree, index, commit, http
  }

  /// What stands at the path.
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
  package var origin: Origin
  /// The repository's folder on disk (or its address), where there is one.
  package var repository: String?
  /// The commit it is of; nil where it is of none.
  package var commit: CommitFacts?
  /// What was found at the path.
  package var content: Content

  /// Creates one from its parts.
  package init(
    path: String, origin: Origin, repository: String?, commit: CommitFacts?, content: Content
  ) {
    self.path = path
    self.origin = origin
    self.repository = repository
    self.commit = commit
    self.content = content
  }
}

/// What is told of the commit that a spec was read from.
package struct CommitFacts: Sendable, Equatable {
  /// The full object id, hexadecimal, lower case.
  package var id: String
  /// The committer's time in UTC, RFC 3339 with seconds and `Z`; nil where a forge did not tell.
  package var committedAt: String?
  /// The first line of the message, which is untrusted text.
  package var subject: String

  /// More than as many scalars of a subject are not told.
  package static let subjectLimit = 300

  /// Creates one from its parts.
  package init(id: String, committedAt: String?, subject: String) {
    self.id = id
    self.committedAt = committedAt
    self.subject = subject
  }
}

/// What may stand at a spec's path instead of a file that can be read as one.
package enum SpecObstacle: Sendable, Equatable {
  case symbolicLink
  case directory
  case submodule
  /// A FIFO, a socket or a device.
  case specialFile
  /// A Git LFS pointer: the bytes in git are not the file.
  case lfsPointer
  /// Over the server's cap; the size is in bytes, nil where reading stopped at the cap.
  case tooLarge(Int?)
  /// The index holds conflicting sides of a merge.
  case mergeConflict
  /// Added with intent only (`git add -N`): the index holds no content yet.
  case intentToAdd

  /// The server's cap on a spec, in bytes (64 KiB).
  package static let sizeLimit = 65_536
}
