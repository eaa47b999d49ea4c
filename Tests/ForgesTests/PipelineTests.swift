import Forges
import Testing
import TinyforgeCore

/// Which pull request a pipeline runs for: environments as the forges set them, and what is found.
struct PipelineTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var variables: [String: String]
    var event = ""
    /// The request as `FORGE API PROJECT NUMBER`, followed by `fork` for one of a fork; else the reason.
    var target: String
  }

  private static let github = [
    "GITHUB_ACTIONS": "true", "GITHUB_API_URL": "https://api.github.com",
    "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "acme/shop",
    "GITHUB_WORKFLOW": "tinyforge", "GITHUB_RUN_ID": "99", "GITHUB_RUN_NUMBER": "5",
    "GITHUB_EVENT_PATH": "event.json", "GITHUB_EVENT_NAME": "pull_request",
    "GITHUB_REF": "refs/pull/7/merge",
  ]
  private static let gitea = github.merging([
    "GITEA_ACTIONS": "true", "GITHUB_API_URL": "https://git.example.org/sub/api/v1",
    "GITHUB_SERVER_URL": "https://git.example.org/sub/", "GITHUB_REF": "refs/pull/8/head",
  ]) { $1 }
  private static let gitlab = [
    "GITLAB_CI": "true", "CI_API_V4_URL": "https://gitlab.example.org/api/v4",
    "CI_PROJECT_ID": "12", "CI_MERGE_REQUEST_PROJECT_ID": "12",
    "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "12", "CI_MERGE_REQUEST_IID": "9",
    "CI_PIPELINE_SOURCE": "merge_request_event", "CI_JOB_URL": "https://gitlab.example.org/j/1",
  ]

  private static func event(_ number: Int, head: String?) -> String {
    let repository = head.map { #"{"full_name":"\#($0)"}"# } ?? "null"
    return
      #"{"number":\#(number),"pull_request":{"number":\#(number),"head":{"repo":\#(repository)},"#
      + #""base":{"repo":{"full_name":"acme/shop"}}}}"#
  }

  static let cases = [
    Case(
      testDescription: "a pull request", variables: github, event: event(7, head: "acme/shop"),
      target: "github https://api.github.com acme/shop 7"),
    Case(
      testDescription: "a fork's", variables: github, event: event(7, head: "eve/shop"),
      target: "github https://api.github.com acme/shop 7 fork"),
    Case(
      testDescription: "of a fork that is gone", variables: github, event: event(7, head: nil),
      target: "github https://api.github.com acme/shop 7 fork"),
    Case(
      testDescription: "the event counts before the reference",
      variables: github.merging(["GITHUB_REF": "refs/heads/main"]) { $1 },
      event: event(71, head: "acme/shop"), target: "github https://api.github.com acme/shop 71"),
    Case(
      testDescription: "without an event, the reference", variables: github, event: "{}",
      target: "github https://api.github.com acme/shop 7"),
    Case(
      testDescription: "an event that is no JSON", variables: github, event: "{",
      target: "github https://api.github.com acme/shop 7"),
    Case(
      testDescription: "a comment on a pull request",
      variables: github.merging(["GITHUB_REF": "refs/heads/main"]) { $1 },
      event: #"{"issue":{"number":6,"pull_request":{}}}"#,
      target: "github https://api.github.com acme/shop 6"),
    Case(
      testDescription: "a comment on an issue",
      variables: github.merging([
        "GITHUB_REF": "refs/heads/main", "GITHUB_EVENT_NAME": "issue_comment",
      ]) { $1 },
      event: #"{"issue":{"number":6}}"#,
      target: "this run is of issue_comment, and of no pull request"),
    Case(
      testDescription: "a run that another workflow started",
      variables: github.merging(["GITHUB_REF": "refs/heads/main"]) { $1 },
      event: #"{"workflow_run":{"pull_requests":[{"number":5}]}}"#,
      target: "github https://api.github.com acme/shop 5"),
    Case(
      testDescription: "a push",
      variables: github.merging([
        "GITHUB_REF": "refs/heads/pull/7", "GITHUB_EVENT_NAME": "push",
      ]) { $1 },
      event: "{}", target: "this run is of push, and of no pull request"),
    Case(
      testDescription: "an event's name is data",
      variables: github.merging(["GITHUB_REF": "", "GITHUB_EVENT_NAME": "x\n::error::"]) { $1 },
      event: "{}", target: "this run is of x\\n::error::, and of no pull request"),
    Case(
      testDescription: "an enterprise's GitHub",
      variables: github.merging(["GITHUB_API_URL": "https://ghe.example.org/api/v3/"]) { $1 },
      event: "{}", target: "github https://ghe.example.org/api/v3 acme/shop 7"),
    Case(
      testDescription: "a repository's name that would change the address",
      variables: github.merging(["GITHUB_REPOSITORY": "acme/../admin"]) { $1 }, event: "{}",
      target: "GITHUB_API_URL, GITHUB_SERVER_URL or GITHUB_REPOSITORY is missing or malformed"),
    Case(
      testDescription: "Gitea", variables: gitea, event: event(8, head: "acme/shop"),
      target: "gitea https://git.example.org/sub/api/v1 acme/shop 8"),
    Case(
      testDescription: "Forgejo, with an old runner's address",
      variables: github.merging([
        "FORGEJO_ACTIONS": "true", "GITHUB_SERVER_URL": "https://code.example.org",
        "GITHUB_API_URL": "https://code.example.org/api/v3",
      ]) { $1 }, event: "{}", target: "gitea https://code.example.org/api/v1 acme/shop 7"),
    Case(
      testDescription: "a merge request", variables: gitlab,
      target: "gitlab https://gitlab.example.org/api/v4 12 9"),
    Case(
      testDescription: "a fork's merge request, run in the fork",
      variables: gitlab.merging([
        "CI_PROJECT_ID": "44", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "44",
      ]) { $1 }, target: "gitlab https://gitlab.example.org/api/v4 12 9 fork"),
    Case(
      testDescription: "a branch with one open merge request",
      variables: gitlab.merging([
        "CI_MERGE_REQUEST_IID": "", "CI_OPEN_MERGE_REQUESTS": "acme/sub/shop!31",
      ]) { $1 }, target: "gitlab https://gitlab.example.org/api/v4 acme/sub/shop 31"),
    Case(
      testDescription: "a branch with two",
      variables: gitlab.merging([
        "CI_MERGE_REQUEST_IID": "", "CI_OPEN_MERGE_REQUESTS": "acme/shop!31,acme/shop!32",
      ]) { $1 }, target: "2 merge requests are open for this branch"),
    Case(
      testDescription: "a schedule",
      variables: gitlab.merging([
        "CI_MERGE_REQUEST_IID": "", "CI_PIPELINE_SOURCE": "schedule",
      ]) { $1 }, target: "this run is of schedule, and of no merge request"),
    Case(
      testDescription: "GitLab without an address",
      variables: gitlab.merging(["CI_API_V4_URL": ""]) { $1 },
      target: "CI_API_V4_URL or CI_PROJECT_ID is missing or malformed"),
    Case(
      testDescription: "no pipeline", variables: [:],
      target: "this runs in no pipeline of GitHub, Gitea or GitLab"),
  ]

  @Test(arguments: cases)
  func target(_ example: Case) {
    let pipeline = Pipeline.running(
      variable: { example.variables[$0].flatMap { $0.isEmpty ? nil : $0 } },
      file: { $0 == "event.json" ? Array(example.event.utf8) : nil })
    switch pipeline.target {
    case .success(let request):
      let fork = request.isFromFork ? " fork" : ""
      #expect(
        "\(request.forge.rawValue) \(request.api) \(request.project) \(request.number)\(fork)"
          == example.target)
    case .failure(let none): #expect(none.reason == example.target)
    }
  }

  @Test(arguments: [
    (github, "tinyforge", "https://github.com/acme/shop/actions/runs/99"),
    (gitea, "tinyforge", "https://git.example.org/sub/acme/shop/actions/runs/5"),
    (gitlab, ".gitlab-ci.yml", "https://gitlab.example.org/j/1"),
  ])
  func nameAndPage(_ variables: [String: String], _ name: String, _ page: String) {
    let pipeline = Pipeline.running(variable: { variables[$0] }, file: { _ in nil })
    #expect(pipeline.name == name && pipeline.runPage == page)
  }

  @Test(arguments: [
    ("https://github.com/acme/shop/pull/7", "https://api.github.com/repos/acme/shop/pulls/7"),
    (
      "https://github.com/acme/shop/pull/7/files?w=1#x",
      "https://api.github.com/repos/acme/shop/pulls/7"
    ),
    (
      "https://ghe.example.org/acme/shop/pull/7",
      "https://ghe.example.org/api/v3/repos/acme/shop/pulls/7"
    ),
    (
      "https://codeberg.org/acme/shop/pulls/7",
      "https://codeberg.org/api/v1/repos/acme/shop/pulls/7"
    ),
    (
      "http://127.0.0.1:3000/git/sub/pulls/shop/pulls/7",
      "http://127.0.0.1:3000/git/sub/api/v1/repos/pulls/shop/pulls/7"
    ),
    (
      "https://gitlab.com/acme/sub/shop/-/merge_requests/7/diffs",
      "https://gitlab.com/api/v4/projects/acme%2Fsub%2Fshop/merge_requests/7"
    ),
    (
      "https://gitlab.com/acme/shop/merge_requests/7",
      "https://gitlab.com/api/v4/projects/acme%2Fshop/merge_requests/7"
    ),
    ("https://github.com/acme/shop/issues/7", nil), ("https://github.com/acme/shop/pull/x", nil),
    ("https://github.com/acme/shop/pull/0", nil), ("https://github.com/acme/shop/pull", nil),
    ("https://u:p@github.com/acme/shop/pull/7", nil), ("acme/shop#7", nil), ("", nil),
    ("https://", nil), ("file:///acme/shop/pull/7", nil), ("https://h/a/../pull/7", nil),
    ("https://h/a%2f/b/pull/7", nil),
  ])
  func pages(_ page: String, _ address: String?) {
    #expect(PullRequest(page: page)?.address == address)
  }
}
