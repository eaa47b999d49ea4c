internal import TinyforgeCore

/// GitLab.
enum GitLab {
  static let definition = ForgeDefinition(
    name: "GitLab", requestNoun: "merge request", requestMark: "!",
    publicHosts: ["gitlab.com"],
    neededAccess: "the scope api and the role Reporter; CI_JOB_TOKEN may not write notes",
    api: ForgeAPI(
      base: { $0 + "/api/v4" }, isBase: { $0.endsWithBytes(of: "/api/v4") },
      pagesHost: { _ in nil },
      // A job's own token has a prefix since GitLab 16.9.
      tokenHeader: { token, isJobToken in
        isJobToken || token.secretBytes.starts(with: "glcbt-".utf8)
          ? "JOB-TOKEN: " : "PRIVATE-TOKEN: "
      }),
    reading: reading, comments: comments, issues: issues,
    pipeline: ForgePipeline(
      isRunning: { $0("GITLAB_CI") != nil }, describe: { variable, _ in pipeline(variable) },
      addressVariables: ["CI_SERVER_URL", "CI_API_V4_URL"], jobTokenVariable: "CI_JOB_TOKEN",
      requestOfPage: { request(root: $0, parts: $1) }))

  /// `/PATH/-/merge_requests/N`, at the root of its host.
  private static func request(root: String, parts: [String]) -> PullRequest? {
    guard let (end, number) = PullRequest.place(of: "merge_requests", in: parts) else {
      return nil
    }
    let path = parts[..<(parts[end - 1] == "-" ? end - 1 : end)]
    guard path.count >= 2 else { return nil }
    return PullRequest(
      .gitlab, api: root + "/api/v4", project: path.joined(separator: "/"), number: number)
  }

  // MARK: Reading

  private static let reading = ForgeReading(
    hasNestedOwners: true,
    repository: { ["projects", ($0 + [$1]).joined(separator: "/")] },
    commit: { commit($0) }, readCommit: { commit(in: $0) }, answersWithBareID: false, details: nil,
    takesBareNames: true, emptyStatus: nil, emptyMember: "empty_repo",
    file: { path, commit in
      RepositoryRequest(
        path: ["repository", "files", path.joined(separator: "/"), "raw"],
        query: [("ref", commit)])
    },
    obstacle: nil, commitHeader: "X-Gitlab-Commit-Id", digestHeader: "X-Gitlab-Content-Sha256",
    commitPage: { "/-/commit/\($0)" }, filePage: { path, commit in "/-/blob/\(commit)/\(path)" })

  private static func commit(_ reference: ForgeReference) -> RepositoryRequest {
    switch reference {
    case .branch(let name): RepositoryRequest(path: ["repository", "branches", name])
    case .tag(let name): RepositoryRequest(path: ["repository", "tags", name])
    case .revision(let name): RepositoryRequest(path: ["repository", "commits", name])
    }
  }

  /// The commit is the answer itself, or a member of a branch or tag.
  private static func commit(in answer: ServerJSON) -> CommitAnswer {
    let inner = answer["commit"]
    return CommitAnswer(
      id: (inner?["id"] ?? answer["id"])?.text,
      date: inner?["committed_date"] ?? answer["committed_date"],
      message: inner?["message"] ?? answer["message"] ?? answer["title"])
  }

  // MARK: Comments

  private static let comments = ForgeComments(
    limit: 1_000_000, headers: [("Accept", "application/json")], request: { address(of: $0) },
    openState: "opened", lockedMember: "discussion_locked", all: { "\(address(of: $0))/notes" },
    page: { "\(address(of: $0))/notes?sort=asc&order_by=created_at&per_page=100&page=\($1)" },
    one: { "\(address(of: $0))/notes/\($1)" }, editMethod: "PUT", authorMember: "author",
    loginMember: "username", viewer: { APIRequest(method: "GET", address: $0 + "/user") },
    account: { $0 }, executesCommands: true)

  private static func address(of request: PullRequest) -> String {
    "\(project(request.api, request.project))/merge_requests/\(request.number)"
  }

  private static func project(_ api: String, _ path: String) -> String {
    "\(api)/projects/\(path.replacingBytes { $0 == UInt8(ascii: "/") ? "%2F" : nil })"
  }

  // MARK: Issues

  private static let issues = ForgeIssues(
    neededAccess: "the scope api and the role Reporter; CI_JOB_TOKEN may not write issues",
    repository: { project($0.api, $0.project) }, enabledMember: "issues_enabled",
    all: { issues(of: $0) },
    page: { "\(issues(of: $0))?scope=all&order_by=created_at&sort=asc&per_page=100&page=\($1)" },
    one: { "\(issues(of: $0))/\($1)" }, comments: { "\(issues(of: $0))/\($1)/notes" },
    editMethod: "PUT", numberMember: "iid", bodyMember: "description",
    state: { JSONValue.Member("state_event", $0 ? "reopen" : "close") },
    labels: { labels in .string(labels.map(\.name).joined(separator: ",")) }, labelPages: [])

  private static func issues(of tracker: IssueTracker) -> String {
    "\(project(tracker.api, tracker.project))/issues"
  }

  // MARK: Pipelines

  private static func pipeline(_ variable: ForgePipeline.Variable) -> Pipeline {
    Pipeline(
      name: variable("CI_CONFIG_PATH") ?? ".gitlab-ci.yml",
      runPage: variable("CI_JOB_URL") ?? variable("CI_PIPELINE_URL"), target: target(variable),
      forge: .gitlab, api: variable("CI_API_V4_URL"), repository: variable("CI_PROJECT_PATH"))
  }

  private static func target(_ variable: ForgePipeline.Variable) -> Result<
    PullRequest, Pipeline.NoTarget
  > {
    guard let number = variable("CI_MERGE_REQUEST_IID").flatMap({ Int($0) }) else {
      return target(ofBranch: variable)
    }
    // The pipeline of a fork's merge request may run in the fork; the notes are the target's.
    let own = variable("CI_MERGE_REQUEST_PROJECT_ID") ?? variable("CI_PROJECT_ID")
    let source = variable("CI_MERGE_REQUEST_SOURCE_PROJECT_ID") ?? own
    return request(variable, project: own ?? "", number: number, isFromFork: source != own)
  }

  /// A branch's pipeline knows which merge requests are open for it.
  private static func target(ofBranch variable: ForgePipeline.Variable) -> Result<
    PullRequest, Pipeline.NoTarget
  > {
    let open = (variable("CI_OPEN_MERGE_REQUESTS") ?? "").splitAtScalar(",", omittingEmpty: true)
    let source = (variable("CI_PIPELINE_SOURCE") ?? "another source").shownSafely
    guard open.count == 1, let mark = open[0].utf8.lastIndex(of: UInt8(ascii: "!")),
      let number = Int(open[0][open[0].utf8.index(after: mark)...])
    else {
      let reason =
        open.count > 1
        ? "\(open.count) merge requests are open for this branch"
        : "this run is of \(source), and of no merge request"
      return .failure(
        Pipeline.NoTarget(
          reason: reason, remedy: open.count > 1 ? "name one with --post-to URL" : nil))
    }
    return request(variable, project: String(open[0][..<mark]), number: number, isFromFork: false)
  }

  private static func request(
    _ variable: ForgePipeline.Variable, project: String, number: Int, isFromFork: Bool
  ) -> Result<PullRequest, Pipeline.NoTarget> {
    let api = variable("CI_API_V4_URL") ?? ""
    if let request = PullRequest(
      .gitlab, api: api, project: project, number: number, isFromFork: isFromFork)
    {
      return .success(request)
    }
    return .failure(
      Pipeline.NoTarget(
        reason: "CI_API_V4_URL or CI_PROJECT_ID is missing or malformed",
        remedy: "name the merge request with --post-to URL"))
  }
}
