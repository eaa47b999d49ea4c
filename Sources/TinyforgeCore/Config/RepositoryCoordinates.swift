/// Where a workload's repository is, as `source_config` says it in untrusted text.
package struct RepositoryCoordinates: Sendable, Equatable {
  /// The forge's host name in lower case, with a port where one is named; nil where none is.
  package var host: String?
  /// The owner of the repository.
  package var owner: String
  /// The name of the repository.
  package var name: String
  /// Nil for the repository's own default.
  package var branch: String?
  /// As written: `gitea`, `github`, `gitlab`, or another word; nil where none is.
  package var provider: String?
  /// The forge's address as written, which may hold a password and so is never shown.
  package var baseURL: String?
  /// The forge's token as Tinyforge encrypted it; nil where there is none.
  package var sealedToken: String?

  /// Whether all parts are equal to the byte, as forges and git compare them.
  package static func == (left: RepositoryCoordinates, right: RepositoryCoordinates) -> Bool {
    left.parts.elementsEqual(right.parts) { one, other in
      guard let one, let other else { return one == nil && other == nil }
      return one.hasSameBytes(as: other)
    }
  }

  private var parts: [String?] {
    [host, owner, name, branch, provider, baseURL, sealedToken]
  }

  /// Creates one from its parts.
  package init(
    host: String?, owner: String, name: String, branch: String?, provider: String? = nil,
    baseURL: String? = nil, sealedToken: String? = nil
  ) {
    self.host = host
    self.owner = owner
    self.name = name
    self.branch = branch
    self.provider = provider
    self.baseURL = baseURL
    self.sealedToken = sealedToken
  }
}
