/// A kind of forge that reports are posted to, by its API; Forgejo's is Gitea's.
package enum CommentForge: String, Sendable, CaseIterable {
  case github, gitea, gitlab

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

  /// How many characters a comment may have.
  ///
  /// GitHub takes 65,536, and GitLab a million; Gitea names no bound, and nobody reads more.
  package var commentLimit: Int { 65_536 }

  /// What a token needs to write comments, and to say whose it is.
  package var neededAccess: String {
    switch self {
    case .github: "`permissions: pull-requests: write` for the job's own token"
    case .gitea: "the scopes write:issue, write:repository and read:user"
    case .gitlab: "the scope api and the role Reporter; CI_JOB_TOKEN may not write notes"
    }
  }
}
