internal import TinyforgeCore

/// A run of GitHub's, Gitea's or Forgejo's Actions, whose jobs get the same variables.
struct ActionsRun {
  private let kind: ForgeKind
  /// The base address of the API.
  private let api: String
  /// The number in the address of the run's page.
  private let run: String?
  private let name: String
  private let server: String?
  private let repository: String?
  private let eventName: String?
  private let reference: String?
  private let event: JSONValue?

  /// The variables with the addresses of the pages and of the API.
  static let addressVariables = ["GITHUB_SERVER_URL", "GITHUB_API_URL"]

  /// Reads the variables of a job, and its event.
  init(
    _ kind: ForgeKind, api: String, runVariable: String, variable: ForgePipeline.Variable,
    file: ForgePipeline.File
  ) {
    self.kind = kind
    self.api = api
    run = variable(runVariable)
    name = variable("GITHUB_WORKFLOW") ?? "actions"
    server = variable("GITHUB_SERVER_URL")
    repository = variable("GITHUB_REPOSITORY")
    eventName = variable("GITHUB_EVENT_NAME")
    reference = variable("GITHUB_REF")
    event = variable("GITHUB_EVENT_PATH").flatMap(file).flatMap { try? JSONValue(parsing: $0) }
  }

  /// The pipeline of the run.
  var pipeline: Pipeline {
    Pipeline(
      name: name, runPage: page, target: target, forge: kind, api: api, repository: repository)
  }

  private var page: String? {
    guard let server, let repository, let run else { return nil }
    return "\(server.trimmed(of: "/"))/\(repository)/actions/runs/\(run)"
  }

  private var target: Result<PullRequest, Pipeline.NoTarget> {
    guard let number = numberInEvent ?? numberInReference else {
      let name = (eventName ?? "another event").shownSafely
      return .failure(
        Pipeline.NoTarget(reason: "this run is of \(name), and of no pull request", remedy: nil))
    }
    guard
      let request = PullRequest(
        kind, api: api, project: repository ?? "", number: number, isFromFork: isFromFork)
    else {
      return .failure(
        Pipeline.NoTarget(
          reason: "GITHUB_API_URL, GITHUB_SERVER_URL or GITHUB_REPOSITORY is missing or malformed",
          remedy: "name the pull request with --post-to URL"))
    }
    return .success(request)
  }

  /// Of a pull request's own events, of a comment on it, and of a run that another workflow started.
  private var numberInEvent: Int? {
    if let number = event?["pull_request"]?["number"]?.wholeNumber { return number }
    if let issue = event?["issue"], issue["pull_request"] != nil {
      return issue["number"]?.wholeNumber
    }
    if case .array(let requests)? = event?["workflow_run"]?["pull_requests"], requests.count == 1 {
      return requests[0]["number"]?.wholeNumber
    }
    return nil
  }

  private var numberInReference: Int? {
    let parts = (reference ?? "").splitAtScalar("/")
    guard parts.count == 4, parts[0] == "refs", parts[1] == "pull" else { return nil }
    return Int(parts[2])
  }

  /// A fork that is gone has no repository.
  private var isFromFork: Bool {
    guard let request = event?["pull_request"],
      let base = request["base"]?["repo"]?["full_name"]?.text
    else { return false }
    return request["head"]?["repo"]?["full_name"]?.text?.hasSameBytes(as: base) != true
  }
}
