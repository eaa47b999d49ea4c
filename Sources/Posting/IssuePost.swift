internal import Forges
import ProviderHTTP
package import Reporting
import RunningProcess
package import TinyforgeCore

/// Keeps a report as one issue: opened when drift appears, closed when it is gone.
///
/// The report itself is printed already. So whatever goes wrong here is a line on standard error,
/// and never changes the exit status.
package struct IssuePost {
  private let options: IssueSettings
  private let connect: () throws(Failure) -> PostConnection
  private let phrases: Phrases
  private let hint: (String) -> Void
  private let warn: (String) -> Void

  /// Creates one from its parts; `connect` is called once, `hint` and `warn` take lines for standard error.
  package init(
    _ options: IssueSettings, phrases: Phrases,
    connect: @escaping () throws(Failure) -> PostConnection,
    hint: @escaping (String) -> Void, warn: @escaping (String) -> Void
  ) {
    self.options = options
    self.phrases = phrases
    self.connect = connect
    self.hint = hint
    self.warn = warn
  }

  private var tracker: IssueTracker { options.tracker }

  /// Posts the report; `showing` takes the requests that a dry run shows.
  package func publish(_ report: DriftReport, showing: (String) -> Void) async {
    // Whatever fails below may hold words of the forge, and those may hold a token.
    var scrubber = TokenScrubber()
    do {
      let connection = try connect()
      scrubber = connection.settings.scrubber(connection.tokens.map(\.token))
      try await publish(issue(report), connection) { showing(scrubber.scrub($0 as String)) }
    } catch {
      warn(scrubber.scrub("not posted to \(tracker.project): \(error.sentence)"))
    }
  }

  private func publish(
    _ issue: StickyIssue, _ connection: PostConnection, _ showing: (String) -> Void
  ) async throws(Failure) {
    guard let token = connection.token(for: tracker.origins) else {
      guard options.isDryRun else { throw noToken }
      hint("note: without a token, the issues that exist already cannot be read")
      return showFirst(issue, showing)
    }
    let api = IssueAPI(
      tracker, client: try connection.client(), token: token,
      deadline: .now + .seconds(PostConnection.timeLimit))
    let poster = IssuePoster(api, author: options.author)
    guard !options.isDryRun else { return try await show(issue, poster, showing) }
    tell(try await poster.post(issue))
  }

  private var noToken: Failure {
    var job = ""
    if let name = tracker.forge.definition.pipeline.jobTokenVariable,
      Environment.variable(name) != nil
    {
      job = " (\(name) may not write issues)"
    }
    return tracker.place().noToken(job: job)
  }

  // MARK: The issue

  private func issue(_ report: DriftReport) -> StickyIssue {
    let pipeline = options.pipeline
    let name = options.name ?? ""
    // Pipelines of several repositories may post to one, each its own issue.
    let run = [pipeline.repository, pipeline.name].compactMap(\.self).joined(separator: " ")
    let tool = "drift-issue"
    let footer = PostFooter(phrases: phrases, name: options.name, pipeline)
      .text(lookedAt: report.generatedAt, taken: report.snapshotTakenAt)
    let room =
      tracker.forge.definition.comments.limit - footer.utf16.count
      - StickyComment.overhead(tool: tool, pipeline: run, name: name)
    let text = StickyComment(
      tool: tool, pipeline: run, name: name, forge: tracker.forge,
      report: markdown(report, limit: room), footer: footer)
    return StickyIssue(
      title: title, text: text, state: Self.state(of: report),
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
  private var title: String {
    let marks = [options.pipeline.repository, options.name].compactMap(\.self).map(\.shownSafely)
    return marks.isEmpty
      ? phrases.issueTitle : "\(phrases.issueTitle) (\(marks.joined(separator: ", ")))"
  }

  // MARK: Messages

  private func show(_ issue: StickyIssue, _ poster: IssuePoster, _ showing: (String) -> Void)
    async throws(Failure)
  {
    do {
      let (step, labels) = try await poster.look(issue)
      if step.action == .open {
        tellMissing(
          issue.labels.filter { name in !labels.contains { $0.name.hasSameBytes(as: name) } })
      }
      show(APIRequest.all(step, issue, labels: labels, on: tracker), showing)
    } catch {
      guard error.code == .network else { throw error }
      // Without the forge's own words.
      hint("note: the forge cannot be asked, so this is what is sent where no issue is there yet")
      showFirst(issue, showing)
    }
  }

  /// What would be sent to a repository without issues.
  private func showFirst(_ issue: StickyIssue, _ showing: (String) -> Void) {
    let isNamed = tracker.labelAddresses(page: 1).isEmpty
    if !isNamed, !issue.labels.isEmpty {
      hint("note: the labels are sent by their ids, which the forge has to be asked for")
    }
    let labels = isNamed ? issue.labels.map { IssueLabel(name: $0) } : []
    show(APIRequest.all(issue.step(own: []), issue, labels: labels, on: tracker), showing)
  }

  private func show(_ writes: [APIRequest], _ showing: (String) -> Void) {
    if writes.isEmpty { hint("note: nothing would be sent to \(tracker.project)") }
    for write in writes { showing(write.shown) }
  }

  private func tell(_ outcome: IssuePoster.Outcome) {
    hint("note: \(words(outcome))")
    tellMissing(outcome.missingLabels)
    if let failure = outcome.lastWordFailure {
      warn("the last word on \(name(outcome)) could not be written: \(failure.sentence)")
    }
  }

  private func tellMissing(_ labels: [String]) {
    guard !labels.isEmpty else { return }
    let names = labels.map(\.shownSafely).joined(separator: ", ")
    warn(
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
    case .keep: "issue \(name) tells the same already"
    case .leaveClosed:
      "issue \(name) stays closed: somebody closed it, and the drift is still the one that it tells of"
    case .nothing: "nothing to tell in \(name), and no issue there"
    }
  }
}
