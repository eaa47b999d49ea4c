/// Who wrote a commit, and when.
package struct CommitAuthorship: Sendable, Equatable {
  /// The full id of the commit.
  package var id: String
  /// The author's date in UTC, RFC 3339.
  package var authoredAt: String
  /// Untrusted text, as is the next.
  package var author: String
  /// The first line of its message.
  package var subject: String
}
