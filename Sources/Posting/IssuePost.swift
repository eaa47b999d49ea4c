internal import Forges
import ProviderHTTP
internal import Reporting
package import TinyforgeCore

/// Keeps a report as one issue: opened when drift appears, closed when it is gone.
///
/// The report itself is printed already. So whatever goes wrong here is a line on standard error,
/// and never changes the exit status.
package struct IssuePost {
  private let options: IssueSettings
  private let channel: PostChannel

  /// Creates one from its parts.
  package init(_ options: IssueSettings, _ channel: PostChannel) {
    self.options = options
    self.channel = channel
  }

  private var tracker: IssueTracker { options.tracker }
  private var phrases: Phrases { channel.phrases }

  /// Posts the report.
  package func publish(_ report: DriftReport) async {
    await channel.post(to: tracker.project) { (connection, show) throws(Failure) in
      try await publish(issue(report), connection, show)
    }
  }

  private func publish(
    _ issue: StickyIssue, _ connection: PostConnection, _ show: ([APIRequest]) -> Void
  ) async throws(Failure) {
    guard let token = connection.token(for: tracker.origins) else {
      guard options.isDryRun else {
        throw channel.noToken(for: tracker.place(), writing: "issues")
      }
      channel.hint("note: without a token, the issues that exist already cannot be read")
      return showFirst(issue, show)
    }
    let poster = IssuePoster(
      IssueAPI(
        tracker, client: try connection.client(), token: token, author: options.author,
        deadline: .now + .seconds(PostConnection.timeLimit)))
    guard !options.isDryRun else { return try await showNext(issue, poster, show) }
    tell(try await poster.post(issue))
  }

  // MARK: The issue

  private func issue(_ report: DriftReport) -> StickyIssue {
    let pipeline = options.pipeline
    let name = options.name ?? ""
    // Pipelines of several repositories may post to one, each its own issue.
    let run = [pipeline.repository, pipeline.name].compactMap(\.self).joined(separator: " ")
    let tool = "drift-issue"
    let server = report.servers.onlyServer
    let footer = PostFooter(phrases: phrases, names: [server, options.name], pipeline)
      .text(lookedAt: report.generatedAt, taken: report.snapshotTakenAt)
    let room =
      tracker.forge.definition.comments.limit - footer.utf16.count
      - StickyComment.overhead(tool: tool, pipeline: run, name: name, server: server)
    let text = StickyComment(
      tool: tool, pipeline: run, name: name, server: server, forge: tracker.forge,
      report: markdown(report, limit: room), footer: footer)
    return StickyIssue(
      title: title(server), text: text, state: Self.state(of: report),
      lastWord: "\(phrases.driftIsGone)\n\n<sub>\(footer)</sub>\n",
      continuedIn: phrases.continuedIn, labels: options.labels)
  }

  /// Without the time of a snapshot, which is another each night.
  private func markdown(_ report: DriftReport, limit: Int) -> String {
    var report = report
    report.snapshotTakenAt = nil
    return DriftMarkdown(phrases: phrases).render(report, limit: limit)
  }

  /// What could not be read is neither drift nor the end of one.
  private static func state(of report: DriftReport) -> StickyIssue.State {
    if report.summary.hasFindings { return .drifting }
    return report.summary[.fetchFailed] > 0 || !report.gaps.isEmpty ? .unknown : .clean
  }

  /// Plain text: forges show no markup in titles, and mention nobody.
  private func title(_ server: String?) -> String {
    let marks = [options.pipeline.repository, server, options.name].compactMap(\.self).map(
      \.shownSafely)
    return marks.isEmpty
      ? phrases.issueTitle : "\(phrases.issueTitle) (\(marks.joined(separator: ", ")))"
  }

  // MARK: Messages

  /// Shows what would be sent; where the forge cannot be asked, to a repository without issues.
  private func showNext(
    _ issue: StickyIssue, _ poster: IssuePoster, _ show: ([APIRequest]) -> Void
  ) async throws(Failure) {
    do {
      let (step, labels) = try await poster.look(issue)
      if step.action == .open {
        tellMissing(
          issue.labels.filter { name in !labels.contains { $0.name.hasSameBytes(as: name) } })
      }
      show(APIRequest.all(step, issue, labels: labels, on: tracker))
    } catch {
      guard error.code == .network else { throw error }
      // Without the forge's own words.
      channel.hint(
        "note: the forge cannot be asked, so this is what is sent where no issue is there yet")
      showFirst(issue, show)
    }
  }

  /// Shows what would be sent to a repository without issues.
  private func showFirst(_ issue: StickyIssue, _ show: ([APIRequest]) -> Void) {
    let isNamed = tracker.labelAddresses(page: 1).isEmpty
    if !isNamed, !issue.labels.isEmpty {
      channel.hint("note: the labels are sent by their ids, which the forge has to be asked for")
    }
    let labels = isNamed ? issue.labels.map { IssueLabel(name: $0) } : []
    show(APIRequest.all(issue.step(own: []), issue, labels: labels, on: tracker))
  }

  private func tell(_ outcome: IssuePoster.Outcome) {
    channel.hint("note: \(words(outcome))")
    tellMissing(outcome.missingLabels)
    if let failure = outcome.lastWordFailure {
      channel.warn("the last word on \(name(outcome)) could not be written: \(failure.sentence)")
    }
  }

  private func tellMissing(_ labels: [String]) {
    guard !labels.isEmpty else { return }
    let names = labels.map(\.shownSafely).joined(separator: ", ")
    channel.warn(
      "the issue has no label \(names): \(tracker.project) does not have it, or the token may not set it; "
        + "create it in the repository, and set it on the issue")
  }

  private func name(_ outcome: IssuePoster.Outcome) -> String {
    outcome.number.map(tracker.name) ?? tracker.project
  }

  private func words(_ outcome: IssuePoster.Outcome) -> String {
    let name = name(outcome)
    return switch outcome.action {
    case .open: "the report is now issue \(name)"
    case .edit: "issue \(name) was brought up to date"
    case .reopen: "issue \(name) was reopened, for the drift is another or is back"
    case .close: "issue \(name) was closed, for the drift is gone"
    case .keep: "issue \(name) is up to date already"
    case .leaveClosed:
      "issue \(name) stays closed: somebody closed it, and the drift is still the one that it reports"
    case .nothing: "nothing to report in \(name), and no issue there"
    }
  }
}
