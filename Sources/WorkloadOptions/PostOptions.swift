package import Forges
package import ArgumentParser
package import Posting
package import ProviderHTTP
package import Reporting
import RunningProcess
import TinyforgeCore
package import ToolSupport

/// Whether a report is posted as a comment, and where.
package struct PostOptions: ParsableArguments {
  @Flag(
    help: """
      Keep the report as one comment on the pull or merge request that the pipeline runs for, and \
      add it to the step's page where there is one.
      """)
  package var post = false

  @Option(
    help: ArgumentHelp(
      "Tells comments of one pipeline apart, where it posts several.", valueName: "name"))
  package var postName: String?

  @Option(
    help: ArgumentHelp(
      "The page of the pull or merge request (default: what the pipeline's environment tells).",
      valueName: "url"),
    transform: Self.page)
  package var postTo: PullRequest?

  @Option(
    help: ArgumentHelp(
      "The account that the token is of, for tokens that may not ask for it.", valueName: "login"))
  package var postAs: String?

  @Flag(help: "With --post: show the requests that would be sent, and send none of them.")
  package var dryRun = false

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    post = line.flag("--post")
    postName = line.value("--post-name")
    postTo = line.value("--post-to", Self.page)
    postAs = line.value("--post-as")
    dryRun = line.flag("--dry-run")
  }

  private static func page(_ text: String) throws -> PullRequest {
    if let request = PullRequest(page: text) { return request }
    throw ValidationError(
      "\"\(text.shownSafely)\" is not the page of a pull or merge request, such as "
        + "https://github.com/OWNER/NAME/pull/7")
  }

  /// The pipeline that the tool runs in, with the request that `--post-to` names instead of its own.
  package var pipeline: Pipeline {
    var pipeline = Pipeline.running(
      variable: Environment.variable, file: { try? WholeFile.read($0, as: "the event") })
    if let postTo { pipeline.target = .success(postTo) }
    return pipeline
  }

  /// Posts a report that is written already, where `--post` asks for it, and adds it to the step's page.
  ///
  /// `hasSummary`: the report's form has added to that page itself. `isShownWithReport`: what a dry run shows follows the
  /// report on standard output, where no program reads it.
  package func publish(
    _ report: PostedReport, _ network: NetworkOptions, phrases: Phrases, _ console: Console,
    hasSummary: Bool, isShownWithReport: Bool
  ) async {
    guard post else { return }
    if !hasSummary, !dryRun {
      StepSummary.append(report.markdown(DriftMarkdown.summaryLimit), console)
    }
    let settings = PostSettings(
      pipeline: pipeline, name: postName, author: postAs, isDryRun: dryRun)
    let channel = PostChannel(
      phrases, network, console, isShownWithReport: isShownWithReport)
    await ReportPost(settings, channel).publish(report)
  }

  /// The forge that a token without an address is for, where a report is posted: the one that it is
  /// posted to.
  ///
  /// Nil where nothing is posted.
  package var tokenOwners: Set<HTTPOrigin>? {
    guard post, case .success(let request) = pipeline.target else { return nil }
    return request.origins
  }

  /// Checks what the options say together; `isPosting`: something is posted, as a comment or otherwise;
  /// `mayDryRun`: something else is sent that a dry run shows.
  package func check(isPosting: Bool, mayDryRun: Bool = false) throws {
    let options = [
      ("--post-to", postTo != nil && !post), ("--post-name", postName != nil && !isPosting),
      ("--post-as", postAs != nil && !isPosting), ("--dry-run", dryRun && !isPosting && !mayDryRun),
    ]
    if let given = options.first(where: \.1) {
      throw ValidationError("\(given.0) says how to post, so it needs --post")
    }
  }
}
