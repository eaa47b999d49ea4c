/// A forge's kind, which decides the form of its API.
package enum ForgeKind: String, Sendable, CaseIterable {
  case github
  /// Gitea, and Forgejo, which kept its API.
  case gitea
  case gitlab

  /// The forge's name in messages.
  package var shownName: String {
    switch self {
    case .github: "GitHub"
    case .gitea: "Gitea"
    case .gitlab: "GitLab"
    }
  }

  /// What the forge calls a proposed change.
  package var requestNoun: String { self == .gitlab ? "merge request" : "pull request" }

  /// What a token needs to write comments, and to say whose it is.
  package var neededAccess: String {
    switch self {
    case .github: "`permissions: pull-requests: write` for the job's own token"
    case .gitea: "the scopes write:issue, write:repository and read:user"
    case .gitlab: "the scope api and the role Reporter; CI_JOB_TOKEN may not write notes"
    }
  }
}
