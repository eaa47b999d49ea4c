/// A kind of forge.
///
/// What is specific to one is in the file with its name in the target Forges; here is only what a config says of it.
package enum ForgeKind: String, Sendable, CaseIterable {
  case github
  /// Gitea, and Forgejo, which kept its API.
  case gitea
  case gitlab

  /// The kind that the `provider` of a config names; nil for any other word.
  package init?(provider: String) {
    let word = provider.lowercased()
    self.init(rawValue: word.hasSameBytes(as: "forgejo") ? "gitea" : word)
  }

  /// The host that a config without `base_url` means; nil if it must have one.
  package var defaultHost: String? {
    switch self {
    case .github: "github.com"
    case .gitea: nil
    case .gitlab: "gitlab.com"
    }
  }
}
