/// The spec of a reported workload.
package struct ReportedSpec: Sendable, Equatable {
  /// The spec's path in its repository.
  package var path: String
  /// Where the spec was read from.
  package var provenance: SpecSnapshot.Provenance
  /// The repository's folder or address.
  package var repository: String?
  /// The full id of the commit; nil where it is of no commit.
  package var commit: String?
  /// RFC 3339 in UTC.
  package var committedAt: String?
  /// The first line of the commit's message.
  package var subject: String?
  /// The spec's text, credentials masked; nil where there is none.
  package var text: SourceText?
  /// Where its forge shows it; nil where that is not known.
  package var links: SpecLinks?

  /// Creates one from its parts.
  package init(
    path: String, provenance: SpecSnapshot.Provenance, repository: String? = nil,
    commit: String? = nil,
    committedAt: String? = nil, subject: String? = nil, text: SourceText? = nil,
    links: SpecLinks? = nil
  ) {
    self.path = path
    self.provenance = provenance
    self.repository = repository
    self.commit = commit
    self.committedAt = committedAt
    self.subject = subject
    self.text = text
    self.links = links
  }
}
