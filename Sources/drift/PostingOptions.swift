import ArgumentParser
import Forges
import Posting
import ProviderHTTP
import Reporting
import TinyforgeCore
import ToolSupport
import WorkloadOptions

/// Whether and where a report of drift is posted: as a comment, as an issue, or as either by what the run is for.
struct PostingOptions: ParsableArguments {
  @OptionGroup var comment: PostOptions
  @OptionGroup var issue: IssueOptions

  init() {}

  /// The options of a line that is read directly.
  init(_ line: inout DirectLine) {
    comment = PostOptions(&line)
    issue = IssueOptions(&line)
  }

  /// Whether anything is posted.
  var isPosting: Bool { comment.post || issue.postIssue != nil }

  /// Checks what the options say together, of a run over that shard; `isNotifying`: a dry run may be one of that.
  func check(shard: FleetShard? = nil, isNotifying: Bool) throws {
    try issue.check()
    try comment.check(isPosting: isPosting, mayDryRun: isNotifying)
    // A shard without drift would close what another one opened.
    if issue.postIssue != nil, comment.postName == nil, let shard, shard.count > 1 {
      throw ValidationError(
        "--post-issue tells of all workloads: let drift merge post the reports of the shards, or give each shard a "
          + "--post-name")
    }
  }

  /// The forge that a token without an address is for: the one that is posted to; nil where nothing is posted.
  var tokenOwners: Set<HTTPOrigin>? {
    guard case .issue(let tracker) = target else { return comment.tokenOwners }
    return (try? tracker.get())?.origins
  }

  private enum Target {
    case comment
    case issue(Result<IssueTracker, Pipeline.NoTarget>)
  }

  /// With both, a run for a pull or merge request comments there, and any other keeps the issue.
  private var target: Target {
    let pipeline = comment.pipeline
    if comment.post, case .success = pipeline.target { return .comment }
    return issue.tracker(pipeline).map { .issue($0) } ?? .comment
  }

  /// Posts a report that is written already.
  ///
  /// `hasSummary`: the report's form has added to the step's page itself. `isShownWithReport`: what a dry run shows follows the
  /// report on standard output, where no program reads it.
  func publish(
    _ report: DriftReport, _ network: NetworkOptions, phrases: Phrases, _ console: Console,
    hasSummary: Bool, isShownWithReport: Bool
  ) async {
    guard isPosting else { return }
    guard case .issue(let found) = target else {
      return await comment.publish(
        PostedReport(report, phrases: phrases), network, phrases: phrases, console,
        hasSummary: hasSummary, isShownWithReport: isShownWithReport)
    }
    if !hasSummary, !comment.dryRun {
      let page = DriftMarkdown(phrases: phrases)
        .render(report, limit: DriftMarkdown.summaryLimit)
      StepSummary.append(page, console)
    }
    switch found {
    case .failure(let none):
      console.warn("not posted: \(none.reason)" + (none.remedy.map { "; \($0)" } ?? ""))
    case .success(let tracker):
      let settings = IssueSettings(
        pipeline: comment.pipeline, tracker: tracker, name: comment.postName,
        labels: issue.labels, author: comment.postAs, isDryRun: comment.dryRun)
      let channel = PostChannel(
        phrases, network, console, isShownWithReport: isShownWithReport)
      await IssuePost(settings, channel).publish(report)
    }
  }
}
