import ArgumentParser
import Forges
import TinyforgeCore
import ToolSupport

/// Whether a report is kept as an issue, and where.
struct IssueOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the report as one issue of this repository: opened when drift appears, edited when it changes, closed when it "
        + "is gone. With --post, only where the run is for no pull or merge request.",
      valueName: "owner/repo"), transform: Self.project)
  var postIssue: String?

  @Option(
    name: .customLong("post-label"),
    help: ArgumentHelp(
      "A label for the issue when it is opened; may be repeated.", valueName: "name"),
    transform: Self.label)
  var labels: [String] = []

  @Option(
    name: .customLong("post-api"),
    help: ArgumentHelp(
      "The API of the issue's forge, such as https://git.example.org/api/v1 (default: that of the running pipeline).",
      valueName: "url"), transform: Self.address)
  var address: String?

  init() {}

  /// The options of a line that is read directly.
  init(_ line: inout DirectLine) {
    postIssue = line.value("--post-issue", Self.project)
    labels = line.values("--post-label", Self.label)
    address = line.value("--post-api", Self.address)
  }

  /// Checks what the options say together.
  func check() throws {
    if postIssue != nil || (labels.isEmpty && address == nil) { return }
    let given = labels.isEmpty ? "--post-api" : "--post-label"
    throw ValidationError("\(given) is about the issue, so it needs --post-issue OWNER/REPO")
  }

  /// Where the issue is kept by a run of a pipeline, or why nowhere.
  func tracker(_ pipeline: Pipeline) -> Result<IssueTracker, Pipeline.NoTarget>? {
    guard let postIssue else { return nil }
    guard let forge = address.flatMap({ ForgeKind(api: $0) }) ?? pipeline.forge else {
      return .failure(
        Pipeline.NoTarget(
          reason: "this runs in no pipeline of GitHub, Gitea or GitLab",
          remedy: "name the API of the forge with --post-api URL"))
    }
    guard let api = address ?? pipeline.api, Self.isAddress(api, of: forge) else {
      return .failure(
        Pipeline.NoTarget(
          reason: "the pipeline does not tell the address of its forge's API",
          remedy: "name it with --post-api URL"))
    }
    guard let tracker = IssueTracker(forge, api: api, project: postIssue) else {
      let name = forge.definition.name
      return .failure(
        Pipeline.NoTarget(
          reason: "\(postIssue) is not a repository of \(name), where it is an owner and a name",
          remedy: "write it as OWNER/REPO"))
    }
    return .success(tracker)
  }

  // MARK: Reading

  private static func project(_ text: String) throws -> String {
    if IssueTracker.isProject(text) { return text }
    throw ValidationError(
      "\"\(text.shownSafely)\" does not name a repository: write it as OWNER/REPO, such as acme/ops"
    )
  }

  private static func label(_ text: String) throws -> String {
    if text.contains(where: { !$0.isWhitespace }) { return text }
    throw ValidationError("--post-label needs the name of a label")
  }

  private static func address(_ text: String) throws -> String {
    if let forge = ForgeKind(api: text), isAddress(text, of: forge) { return text }
    throw ValidationError(
      "\"\(text.shownSafely)\" is not the address of a forge's API, such as https://api.github.com, "
        + "https://git.example.org/api/v1 (Gitea) or https://gitlab.com/api/v4")
  }

  private static func isAddress(_ text: String, of forge: ForgeKind) -> Bool {
    IssueTracker(forge, api: text, project: "owner/name") != nil
  }
}
