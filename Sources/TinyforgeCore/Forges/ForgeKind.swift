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

  /// The base address of the API of the forge whose pages are below `root`: scheme, host, port and
  /// folder, without a final slash.
  package func api(below root: String) -> String {
    switch self {
    case .gitea: return root + "/api/v1"
    case .gitlab: return root + "/api/v4"
    case .github: break
    }
    let parts = root.splitAtScalar("/", maxSplits: 2)
    guard parts.count == 3, let host = parts[2].split(separator: "/").first?.lowercased() else {
      return root + "/api/v3"
    }
    let scheme = parts[0]
    switch host {
    case "github.com", "www.github.com", "api.github.com": return "\(scheme)//api.github.com"
    // GitHub Enterprise Cloud with data residency has a host for each enterprise.
    case _ where host.endsWithBytes(of: ".ghe.com"):
      return "\(scheme)//\(host.startsWithBytes(of: "api.") ? "" : "api.")\(host)"
    default: return root + "/api/v3"
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
