internal import TinyforgeCore

/// Gitea, and Forgejo, which kept its API.
enum Gitea {
  static let definition = ForgeDefinition(
    name: "Gitea", requestNoun: "pull request", requestMark: "#",
    publicHosts: ["codeberg.org", "gitea.com"],
    neededAccess: "the scopes write:issue, write:repository and read:user",
    api: ForgeAPI(
      base: { $0 + "/api/v1" }, isBase: { $0.endsWithBytes(of: "/api/v1") },
      pagesHost: { _ in nil },
      tokenHeader: { _, _ in "Authorization: token " }),
    reading: reading, comments: comments, issues: issues,
    pipeline: ForgePipeline(
      isRunning: { $0("GITEA_ACTIONS") != nil || $0("FORGEJO_ACTIONS") != nil },
      describe: { variable, file in
        // Gitea numbers the pages of a repository's runs apart.
        ActionsRun(
          .gitea, api: api(variable), runVariable: "GITHUB_RUN_NUMBER", variable: variable,
          file: file
        ).pipeline
      },
      addressVariables: ActionsRun.addressVariables, jobTokenVariable: nil,
      requestOfPage: { request(root: $0, parts: $1) }))

  // MARK: Addresses

  /// `/OWNER/NAME/pulls/N`; the segments before it are the instance's own folder.
  private static func request(root: String, parts: [String]) -> PullRequest? {
    guard let (end, number) = PullRequest.place(of: "pulls", in: parts) else { return nil }
    let folder = parts[..<(end - 2)].map { "/\($0)" }.joined()
    return PullRequest(
      .gitea, api: root + folder + "/api/v1",
      project: parts[(end - 2)..<end].joined(separator: "/"),
      number: number)
  }

  private static func api(_ variable: ForgePipeline.Variable) -> String {
    // Older runners give the address in GitHub's form.
    if let named = variable("GITHUB_API_URL")?.trimmed(of: "/"),
      named.endsWithBytes(of: "/api/v1")
    {
      return named
    }
    return (variable("GITHUB_SERVER_URL") ?? "").trimmed(of: "/") + "/api/v1"
  }

  // MARK: Reading

  private static let reading = ForgeReading(
    hasNestedOwners: false, repository: { ["repos"] + $0 + [$1] },
    commit: { commit($0) }, readCommit: { commit(in: $0) }, answersWithBareID: false, details: nil,
    takesBareNames: false, emptyStatus: nil, emptyMember: "empty",
    file: { path, commit in RepositoryRequest(path: ["raw"] + path, query: [("ref", commit)]) },
    obstacle: nil, commitHeader: nil, digestHeader: nil, commitPage: { "/commit/\($0)" },
    filePage: { path, commit in "/src/commit/\(commit)/\(path)" })

  private static func commit(_ reference: ForgeReference) -> RepositoryRequest {
    switch reference {
    case .branch(let name): RepositoryRequest(path: ["branches", name])
    case .tag(let name): RepositoryRequest(path: ["tags", name])
    case .revision(let revision):
      RepositoryRequest(
        path: ["git", "commits", revision],
        query: [("stat", "false"), ("verification", "false"), ("files", "false")])
    }
  }

  private static func commit(in answer: ServerJSON) -> CommitAnswer {
    let inner = answer["commit"]
    if let inner, let id = inner["id"]?.text {
      return CommitAnswer(id: id, date: inner["timestamp"], message: inner["message"])
    }
    return CommitAnswer(
      id: answer["sha"]?.text, date: inner?["committer"]?["date"] ?? answer["created"],
      message: inner?["message"])
  }

  // MARK: Comments

  private static let comments = ForgeComments(
    limit: 65_536, headers: [("Accept", "application/json")],
    request: { "\(repository($0))/pulls/\($0.number)" }, openState: "open",
    lockedMember: "is_locked", all: { comments(of: $0) },
    page: { "\(comments(of: $0))?limit=50&page=\($1)" },
    one: { "\(repository($0))/issues/comments/\($1)" }, editMethod: "PATCH",
    authorMember: "user", loginMember: "login",
    viewer: { APIRequest(method: "GET", address: $0 + "/user") }, account: { $0 },
    executesCommands: false)

  private static func repository(_ request: PullRequest) -> String {
    "\(request.api)/repos/\(request.project)"
  }

  // MARK: Issues

  private static let issues = ForgeIssues(
    neededAccess: "the scopes write:issue, read:repository and read:user",
    repository: { repository($0) }, enabledMember: "has_issues",
    all: { "\(repository($0))/issues" },
    page: { "\(repository($0))/issues?state=all&type=issues&limit=50&page=\($1)" },
    one: { "\(repository($0))/issues/\($1)" },
    comments: { "\(repository($0))/issues/\($1)/comments" }, editMethod: "PATCH",
    numberMember: "number", bodyMember: "body",
    state: { JSONValue.Member("state", $0 ? "open" : "closed") },
    labels: { labels in .array(labels.compactMap { $0.id.map { .integer(Int($0)) } }) },
    // Those of the repository come first: a name may be in both.
    labelPages: [
      { "\(repository($0))/labels?limit=50&page=\($1)" },
      { "\($0.api)/orgs/\($0.owner)/labels?limit=50&page=\($1)" },
    ])

  private static func repository(_ tracker: IssueTracker) -> String {
    "\(tracker.api)/repos/\(tracker.project)"
  }

  private static func comments(of request: PullRequest) -> String {
    "\(repository(request))/issues/\(request.number)/comments"
  }
}
