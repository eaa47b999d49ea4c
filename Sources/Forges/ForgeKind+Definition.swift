package import TinyforgeCore

extension ForgeKind {
  /// What is specific to this kind.
  package var definition: ForgeDefinition {
    switch self {
    case .github: GitHub.definition
    case .gitea: Gitea.definition
    case .gitlab: GitLab.definition
    }
  }

  /// The kind of a well-known public host; nil for any other host.
  package init?(publicHost host: String) {
    self.init { $0.publicHosts.contains { $0.hasSameBytes(as: host) } }
  }

  /// The kind whose pipeline the environment describes; nil outside of a pipeline.
  package init?(pipeline variable: (String) -> String?) {
    self.init { $0.pipeline.isRunning(variable) }
  }

  /// The kind that the base address of an API is of; nil where it is of none.
  package init?(api address: String) {
    self.init { $0.api.isBase(address) }
  }

  private init?(where matches: (ForgeDefinition) -> Bool) {
    // GitHub last: Gitea and Forgejo set its variables as well as their own.
    guard let kind = Self.allCases.reversed().first(where: { matches($0.definition) }) else {
      return nil
    }
    self = kind
  }

  /// The smallest of the kinds' limits on a comment, in UTF-16 units.
  package static let smallestCommentLimit =
    allCases.map(\.definition.comments.limit).min() ?? .max
}
