internal import TinyforgeCore

/// GitHub, GitHub Enterprise Server and GitHub Enterprise Cloud.
enum GitHub {
  static let definition = ForgeDefinition(
    name: "GitHub", requestNoun: "pull request", requestMark: "#",
    publicHosts: ["github.com"],
    neededAccess: "`permissions: pull-requests: write` for the job's own token",
    api: ForgeAPI(
      base: { apiBase(below: $0) }, isBase: { isAPI($0) },
      pagesHost: { pagesHost(ofAPI: $0) },
      tokenHeader: { _, _ in "Authorization: Bearer " }),
    reading: reading, comments: comments, issues: issues,
    pipeline: ForgePipeline(
      isRunning: { $0("GITHUB_ACTIONS") != nil },
      describe: { variable, file in
        ActionsRun(
          .github, api: api(variable), runVariable: "GITHUB_RUN_ID", variable: variable, file: file
        ).pipeline
      },
      addressVariables: ActionsRun.addressVariables, jobTokenVariable: nil,
      requestOfPage: { request(root: $0, parts: $1) }))

  // MARK: Addresses

  private static func apiBase(below root: String) -> String {
    let parts = root.splitAtScalar("/", maxSplits: 2)
    guard parts.count == 3, let host = parts[2].split(separator: "/").first?.lowercased() else {
      return root + "/api/v3"
    }
    let scheme = parts[0]
    switch host {
    case "github.com", "www.github.com", "api.github.com": return "\(scheme)//api.github.com"
    case _ where isEnterpriseCloud(host):
      return "\(scheme)//\(host.startsWithBytes(of: "api.") ? "" : "api.")\(host)"
    default: return root + "/api/v3"
    }
  }

  /// Whether a host is one of GitHub Enterprise Cloud with data residency, which has one for each enterprise.
  private static func isEnterpriseCloud(_ host: String) -> Bool {
    host.endsWithBytes(of: ".ghe.com")
  }

  /// Whether an address is of the API: by its folder, or by a host that has nothing else.
  private static func isAPI(_ address: String) -> Bool {
    let parts = address.splitAtScalar("/", omittingEmpty: true)
    guard parts.count == 2, pagesHost(ofAPI: parts[1].lowercased()) != nil else {
      return address.endsWithBytes(of: "/api/v3")
    }
    return parts[1].lowercased().startsWithBytes(of: "api.")
  }

  /// The hosts with an API of its own name.
  private static func pagesHost(ofAPI host: String) -> String? {
    guard host == "api.github.com" || isEnterpriseCloud(host) else { return nil }
    return host.startsWithBytes(of: "api.") ? String(host.dropFirst(4)) : host
  }

  /// `/OWNER/NAME/pull/N`.
  private static func request(root: String, parts: [String]) -> PullRequest? {
    guard let (end, number) = PullRequest.place(of: "pull", in: parts), end == 2 else { return nil }
    return PullRequest(
      .github, api: apiBase(below: root), project: parts[..<2].joined(separator: "/"),
      number: number)
  }

  private static func api(_ variable: ForgePipeline.Variable) -> String {
    if let named = variable("GITHUB_API_URL") { return named }
    let server = variable("GITHUB_SERVER_URL") ?? "https://github.com"
    return apiBase(below: server.trimmed(of: "/"))
  }

  // MARK: Reading

  private static let reading = ForgeReading(
    hasNestedOwners: false, repository: { ["repos"] + $0 + [$1] },
    commit: { shortCommit($0) }, readCommit: { CommitAnswer(id: $0["sha"]?.text) },
    answersWithBareID: true,
    details: (
      { RepositoryRequest(path: ["git", "commits", $0]) },
      { CommitAnswer(date: $0["committer"]?["date"], message: $0["message"]) }
    ),
    takesBareNames: true, emptyStatus: 409, emptyMember: nil,
    file: { path, commit in
      RepositoryRequest(
        path: ["contents"] + path, query: [("ref", commit)],
        accept: "application/vnd.github.raw+json")
    },
    obstacle: { obstacle($0) }, commitHeader: nil, digestHeader: nil,
    commitPage: { "/commit/\($0)" }, filePage: { path, commit in "/blob/\(commit)/\(path)" })

  /// The short form of a commit: the long one lists the files that it changed, with their differences.
  private static func shortCommit(_ reference: ForgeReference) -> RepositoryRequest {
    let name =
      switch reference {
      case .branch(let name): "heads/" + name
      case .tag(let name): "tags/" + name
      case .revision(let name): name
      }
    return RepositoryRequest(path: ["commits", name], accept: "application/vnd.github.sha")
  }

  /// GitHub describes anything but a file in JSON, although it is asked for bytes.
  private static func obstacle(_ answer: ServerJSON) -> SpecObstacle? {
    if answer.items != nil { return .directory }
    guard let word = answer["type"]?.text else { return nil }
    let obstacles: [(String, SpecObstacle)] = [
      ("dir", .directory), ("symlink", .symbolicLink), ("submodule", .submodule),
    ]
    return obstacles.first { obstacle in word.satisfies { $0 == obstacle.0 } }?.1
  }

  // MARK: Comments

  private static let comments = ForgeComments(
    limit: 65_536,
    headers: [
      ("Accept", "application/vnd.github+json"), ("X-GitHub-Api-Version", "2022-11-28"),
    ],
    request: { "\(repository($0))/pulls/\($0.number)" }, openState: "open", lockedMember: "locked",
    all: { comments(of: $0) }, page: { "\(comments(of: $0))?per_page=100&page=\($1)" },
    one: { "\(repository($0))/issues/comments/\($1)" }, editMethod: "PATCH",
    authorMember: "user", loginMember: "login", viewer: { viewer($0) },
    account: { $0["data"]?["viewer"] }, executesCommands: false)

  private static func repository(_ request: PullRequest) -> String {
    "\(request.api)/repos/\(request.project)"
  }

  // MARK: Issues

  private static let issues = ForgeIssues(
    neededAccess: "`permissions: issues: write` for the job's own token",
    repository: { repository($0) }, enabledMember: "has_issues",
    all: { "\(repository($0))/issues" },
    page: {
      "\(repository($0))/issues?state=all&sort=created&direction=asc&per_page=100&page=\($1)"
    },
    one: { "\(repository($0))/issues/\($1)" },
    comments: { "\(repository($0))/issues/\($1)/comments" }, editMethod: "PATCH",
    numberMember: "number", bodyMember: "body",
    state: { JSONValue.Member("state", $0 ? "open" : "closed") },
    labels: { labels in .array(labels.map { .string($0.name) }) }, labelPages: [])

  private static func repository(_ tracker: IssueTracker) -> String {
    "\(tracker.api)/repos/\(tracker.project)"
  }

  private static func comments(of request: PullRequest) -> String {
    "\(repository(request))/issues/\(request.number)/comments"
  }

  /// The tokens of GitHub's jobs may not ask for `/user`; every kind may ask GraphQL for its viewer.
  private static func viewer(_ api: String) -> APIRequest {
    let root = api.endsWithBytes(of: "/api/v3") ? String(api.dropLast("/v3".count)) : api
    return APIRequest(
      method: "POST", address: root + "/graphql", json: ["query": "query { viewer { login } }"])
  }
}
