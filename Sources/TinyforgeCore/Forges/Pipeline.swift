/// The pipeline that a tool runs in, as its forge tells it in environment variables.
package struct Pipeline: Sendable, Equatable {
  /// Which of the repository's pipelines it is; two that post keep a comment each.
  package var name: String
  /// The page of the run; nil where none is known.
  package var runPage: String?
  /// The pull or merge request that runs, or why there is none.
  package var target: Result<PullRequest, NoTarget>

  /// Why a run belongs to no pull or merge request.
  package struct NoTarget: Error, Sendable, Equatable {
    /// A sentence without its full stop.
    package var reason: String
    /// What can be done, where something can.
    package var remedy: String?

    /// Creates one from its parts.
    package init(reason: String, remedy: String?) {
      self.reason = reason
      self.remedy = remedy
    }
  }

  /// Creates one from its parts.
  package init(name: String, runPage: String?, target: Result<PullRequest, NoTarget>) {
    self.name = name
    self.runPage = runPage
    self.target = target
  }

  /// What the environment tells.
  ///
  /// `variable` gives a variable's value, nil where it is unset or empty; `file` a file's bytes.
  package static func running(
    variable: (String) -> String?, file: (String) -> [UInt8]?
  ) -> Pipeline {
    if variable("GITLAB_CI") != nil { return gitlab(variable) }
    if variable("GITHUB_ACTIONS") != nil || isGitea(variable) { return actions(variable, file) }
    return Pipeline(
      name: "manual", runPage: nil,
      target: .failure(
        NoTarget(
          reason: "this runs in no pipeline of GitHub, Gitea or GitLab",
          remedy: "name the pull or merge request with --post-to URL")))
  }
}

extension Pipeline {
  /// The addresses of the forge that the pipeline runs on, of its pages and of its API; nil outside
  /// of a pipeline.
  package static func addresses(variable: (String) -> String?) -> [String]? {
    if variable("GITLAB_CI") != nil {
      return ["CI_SERVER_URL", "CI_API_V4_URL"].compactMap(variable)
    }
    guard variable("GITHUB_ACTIONS") != nil || isGitea(variable) else { return nil }
    return ["GITHUB_SERVER_URL", "GITHUB_API_URL"].compactMap(variable)
  }
}

// MARK: - GitHub, Gitea and Forgejo Actions

extension Pipeline {
  private static func isGitea(_ variable: (String) -> String?) -> Bool {
    variable("GITEA_ACTIONS") != nil || variable("FORGEJO_ACTIONS") != nil
  }

  private static func actions(
    _ variable: (String) -> String?, _ file: (String) -> [UInt8]?
  ) -> Pipeline {
    var page: String?
    if let server = variable("GITHUB_SERVER_URL"), let repository = variable("GITHUB_REPOSITORY"),
      // Gitea numbers the pages of a repository's runs apart.
      let run = variable(isGitea(variable) ? "GITHUB_RUN_NUMBER" : "GITHUB_RUN_ID")
    {
      page = "\(server.trimmed(of: "/"))/\(repository)/actions/runs/\(run)"
    }
    return Pipeline(
      name: variable("GITHUB_WORKFLOW") ?? "actions", runPage: page,
      target: target(actions: variable, file: file))
  }

  private static func target(
    actions variable: (String) -> String?, file: (String) -> [UInt8]?
  ) -> Result<PullRequest, NoTarget> {
    let event = variable("GITHUB_EVENT_PATH").flatMap(file).flatMap { try? JSONValue(parsing: $0) }
    guard let number = number(in: event) ?? number(ofReference: variable("GITHUB_REF")) else {
      let name = variable("GITHUB_EVENT_NAME") ?? "another event"
      return .failure(
        NoTarget(reason: "this run is of \(name.shownSafely), and of no pull request", remedy: nil))
    }
    let forge = isGitea(variable) ? ForgeKind.gitea : .github
    guard
      let request = PullRequest(
        forge, api: api(of: forge, variable), project: variable("GITHUB_REPOSITORY") ?? "",
        number: number, isFromFork: isFromFork(event))
    else {
      return .failure(
        NoTarget(
          reason: "GITHUB_API_URL, GITHUB_SERVER_URL or GITHUB_REPOSITORY is missing or malformed",
          remedy: "name the pull request with --post-to URL"))
    }
    return .success(request)
  }

  private static func api(of forge: ForgeKind, _ variable: (String) -> String?) -> String {
    let named = variable("GITHUB_API_URL").map { $0.trimmed(of: "/") }
    guard forge == .gitea else {
      let server = variable("GITHUB_SERVER_URL") ?? "https://github.com"
      return named ?? forge.api(below: server.trimmed(of: "/"))
    }
    // Older runners name GitHub's own form of the address.
    if let named, named.endsWithBytes(of: "/api/v1") { return named }
    return (variable("GITHUB_SERVER_URL") ?? "").trimmed(of: "/") + "/api/v1"
  }

  /// Of a pull request's own events, of a comment on it, and of a run that another workflow started.
  private static func number(in event: JSONValue?) -> Int? {
    if let number = event?["pull_request"]?["number"]?.wholeNumber { return number }
    if let issue = event?["issue"], issue["pull_request"] != nil {
      return issue["number"]?.wholeNumber
    }
    if case .array(let requests)? = event?["workflow_run"]?["pull_requests"], requests.count == 1 {
      return requests[0]["number"]?.wholeNumber
    }
    return nil
  }

  private static func number(ofReference reference: String?) -> Int? {
    let parts = (reference ?? "").splitAtScalar("/")
    guard parts.count == 4, parts[0] == "refs", parts[1] == "pull" else { return nil }
    return Int(parts[2])
  }

  /// A fork that is gone has no repository.
  private static func isFromFork(_ event: JSONValue?) -> Bool {
    guard let request = event?["pull_request"],
      let base = request["base"]?["repo"]?["full_name"]?.text
    else { return false }
    return request["head"]?["repo"]?["full_name"]?.text?.hasSameBytes(as: base) != true
  }
}

// MARK: - GitLab CI

extension Pipeline {
  private static func gitlab(_ variable: (String) -> String?) -> Pipeline {
    Pipeline(
      name: variable("CI_CONFIG_PATH") ?? ".gitlab-ci.yml",
      runPage: variable("CI_JOB_URL") ?? variable("CI_PIPELINE_URL"),
      target: target(gitlab: variable))
  }

  private static func target(gitlab variable: (String) -> String?) -> Result<
    PullRequest, NoTarget
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
  private static func target(ofBranch variable: (String) -> String?) -> Result<
    PullRequest, NoTarget
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
        NoTarget(reason: reason, remedy: open.count > 1 ? "name one with --post-to URL" : nil))
    }
    return request(variable, project: String(open[0][..<mark]), number: number, isFromFork: false)
  }

  private static func request(
    _ variable: (String) -> String?, project: String, number: Int, isFromFork: Bool
  ) -> Result<PullRequest, NoTarget> {
    let api = variable("CI_API_V4_URL") ?? ""
    if let request = PullRequest(
      .gitlab, api: api, project: project, number: number, isFromFork: isFromFork)
    {
      return .success(request)
    }
    return .failure(
      NoTarget(
        reason: "CI_API_V4_URL or CI_PROJECT_ID is missing or malformed",
        remedy: "name the merge request with --post-to URL"))
  }
}

extension JSONValue {
  /// A number that is whole and fits; nil for anything else.
  package var wholeNumber: Int? {
    guard case .number(let text) = self else { return nil }
    return Int(text)
  }
}
