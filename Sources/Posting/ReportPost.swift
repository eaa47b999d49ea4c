package import Forges
package import ProviderHTTP
package import Reporting
import RunningProcess
package import TinyforgeCore

/// A report as it is posted.
package struct PostedReport {
  /// The tool that made it, which keeps a comment of its own.
  let tool: String
  /// When the run looked, RFC 3339 in UTC.
  let generatedAt: String
  /// Whether there is anything that somebody should see; a report without creates no comment.
  let needsAttention: Bool
  /// The report in Markdown of at most so many UTF-16 units.
  package let markdown: (_ limit: Int) -> String

  /// A report of drift.
  package init(_ report: DriftReport, phrases: Phrases) {
    tool = "drift"
    generatedAt = report.generatedAt
    needsAttention =
      report.summary.hasFindings || report.summary[.fetchFailed] > 0 || !report.gaps.isEmpty
    markdown = { DriftMarkdown(phrases: phrases).render(report, limit: $0) }
  }

  /// A plan; `lead` is a sentence in Markdown below its title.
  package init(_ plan: PlanReport, lead: String?, phrases: Phrases) {
    tool = "plan"
    generatedAt = plan.generatedAt
    needsAttention = plan.workloads.contains { $0.hasFindings || $0.status == .fetchFailed }
    markdown = { PlanMarkdown(phrases: phrases).render(plan, limit: $0, lead: lead) }
  }
}

/// Posts a report as its pipeline's comment.
///
/// The report itself is printed already. So whatever goes wrong here is a line on standard error,
/// and never changes the exit status.
package struct ReportPost {
  private let options: PostSettings
  private let connect: () throws(Failure) -> PostConnection
  private let phrases: Phrases
  private let hint: (String) -> Void
  private let warn: (String) -> Void

  /// Creates one from its parts; `connect` is called once it is certain that something is posted, `hint` and `warn` take
  /// lines for standard error.
  package init(
    _ options: PostSettings, phrases: Phrases,
    connect: @escaping () throws(Failure) -> PostConnection,
    hint: @escaping (String) -> Void, warn: @escaping (String) -> Void
  ) {
    self.options = options
    self.phrases = phrases
    self.connect = connect
    self.hint = hint
    self.warn = warn
  }

  /// Posts the report; `showing` takes the requests that a dry run shows.
  package func publish(_ report: PostedReport, showing: (String) -> Void) async {
    let pipeline = options.pipeline
    switch pipeline.target {
    case .failure(let none): tell(none)
    case .success(let request):
      let comment = comment(report, pipeline, on: request)
      // Whatever fails below may hold words of the forge, and those may hold a token.
      var scrubber = TokenScrubber()
      do {
        let connection = try connect()
        scrubber = connection.settings.scrubber(connection.tokens.map(\.token))
        try await publish(comment, report.needsAttention, on: request, connection) {
          showing(scrubber.scrub($0 as String))
        }
      } catch {
        let line = "not posted to \(request.shownName.shownSafely): \(error.sentence)"
        warn(scrubber.scrub(line))
      }
    }
  }

  private func publish(
    _ comment: StickyComment, _ hasFindings: Bool, on request: PullRequest,
    _ connection: PostConnection, _ showing: (String) -> Void
  ) async throws(Failure) {
    guard let token = connection.token(for: request.origins) else {
      guard options.isDryRun else { throw Self.noToken(request) }
      hint("note: without a token, the comments that exist already cannot be read")
      return show(comment.step(own: [], hasFindings: hasFindings), comment, request, showing)
    }
    let api = CommentAPI(
      request, client: try connection.client(), token: token,
      deadline: .now + .seconds(PostConnection.timeLimit))
    let poster = StickyPoster(api, author: options.author)
    guard !options.isDryRun else {
      let step = try await plannedStep(poster, comment, hasFindings)
      return show(step, comment, request, showing)
    }
    let outcome = try await poster.post(comment, hasFindings: hasFindings)
    hint("note: \(Self.words(outcome, request))")
  }

  /// What would be sent; where the forge cannot be asked, to a request without a comment.
  private func plannedStep(
    _ poster: StickyPoster, _ comment: StickyComment, _ hasFindings: Bool
  ) async throws(Failure) -> StickyStep {
    do {
      return try await poster.look(comment, hasFindings: hasFindings)
    } catch {
      guard error.code == .network else { throw error }
      // Without the forge's own words.
      hint(
        "note: the forge cannot be asked, so this is what is sent where no comment is there yet")
      return comment.step(own: [], hasFindings: hasFindings)
    }
  }

  // MARK: The comment

  private func comment(_ report: PostedReport, _ pipeline: Pipeline, on request: PullRequest)
    -> StickyComment
  {
    let name = options.name ?? ""
    let footer = PostFooter(phrases: phrases, name: options.name, pipeline).text(
      lookedAt: report.generatedAt)
    let room =
      request.forge.definition.comments.limit - footer.utf16.count
      - StickyComment.overhead(tool: report.tool, pipeline: pipeline.name, name: name)
    return StickyComment(
      tool: report.tool, pipeline: pipeline.name, name: name, forge: request.forge,
      report: report.markdown(room), footer: footer)
  }

  // MARK: Messages

  private func tell(_ none: Pipeline.NoTarget) {
    guard let remedy = none.remedy else { return hint("note: not posted: \(none.reason)") }
    warn("not posted: \(none.reason); \(remedy)")
  }

  private func show(
    _ step: StickyStep, _ comment: StickyComment, _ request: PullRequest,
    _ showing: (String) -> Void
  ) {
    let writes = APIRequest.all(step, comment, on: request)
    if writes.isEmpty { hint("note: nothing would be sent to \(request.shownName)") }
    for write in writes { showing(write.shown) }
  }

  private static func words(_ outcome: StickyPoster.Outcome, _ request: PullRequest) -> String {
    let name = request.shownName
    return switch outcome {
    case .created: "the report is now a comment on \(name)"
    case .edited: "the comment on \(name) was brought up to date"
    case .unchanged: "the comment on \(name) tells the same already"
    case .nothing: "nothing to tell on \(name), and no comment there"
    }
  }

  // MARK: The token

  private static func noToken(_ request: PullRequest) -> Failure {
    var job = ""
    if let name = request.forge.definition.pipeline.jobTokenVariable,
      Environment.variable(name) != nil
    {
      job = " (\(name) may not write notes)"
    }
    return request.place.noToken(job: job)
  }
}

extension PullRequest {
  /// Where its forge is asked and seen.
  package var origins: Set<HTTPOrigin> { forge.origins(ofAPI: api) }
}

extension IssueTracker {
  /// Where its forge is asked and seen.
  package var origins: Set<HTTPOrigin> { forge.origins(ofAPI: api) }
}

extension ForgeKind {
  fileprivate func origins(ofAPI address: String) -> Set<HTTPOrigin> {
    guard let api = HTTPURL(address)?.origin else { return [] }
    guard let host = definition.api.pagesHost(api.host) else { return [api] }
    return [api, HTTPOrigin(scheme: api.scheme, host: host, port: api.port)]
  }
}
