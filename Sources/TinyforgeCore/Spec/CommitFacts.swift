/// The commit that a spec was read from.
package struct CommitFacts: Sendable, Equatable {
  /// The full object id, hexadecimal, lower case.
  package var id: String
  /// The committer's time in UTC, RFC 3339 with seconds and `Z`; nil where a forge did not tell.
  package var committedAt: String?
  /// The first line of the message, which is untrusted text.
  package var subject: String

  /// A longer subject is cut to as many scalars.
  package static let subjectLimit = 300

  /// Creates one from its parts.
  package init(id: String, committedAt: String?, subject: String) {
    self.id = id
    self.committedAt = committedAt
    self.subject = subject
  }
}
