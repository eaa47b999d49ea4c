package import ProviderHTTP
package import TinyforgeCore

/// Where a run reads specs from: one repository, mirrors, or forges.
package struct SpecPlaces: Sendable {
  private let repository: String?
  private let revision: String?
  private let mirrors: [String]
  private let mode: FetchMode
  private let forges: ForgeAccess
  private let fetchTimeout: Duration

  /// Creates one from its parts: see ``SpecLocator``.
  package init(
    repository: String?, revision: String?, mirrors: [String], mode: FetchMode,
    forges: ForgeAccess, fetchTimeout: Duration
  ) {
    self.repository = repository
    self.revision = revision
    self.mirrors = mirrors
    self.mode = mode
    self.forges = forges
    self.fetchTimeout = fetchTimeout
  }

  /// Where the spec of each of these workloads is looked for.
  ///
  /// `tokenOwners` and `usesTokens`: see ``ForgeAccess/reader(for:owners:usesTokens:)``.
  package func locator(
    for rows: [Workload], tokenOwners: Set<HTTPOrigin>? = nil, usesTokens: Bool = true
  ) throws(Failure) -> SpecLocator {
    SpecLocator(
      repository: repository, revision: revision, mirrors: mirrors, mode: mode,
      forges: try forges.reader(for: rows, owners: tokenOwners, usesTokens: usesTokens),
      fetchTimeout: fetchTimeout)
  }
}
