package import Forges
package import ProviderHTTP
package import Reporting
package import TinyforgeCore

/// A report as it is posted.
package struct PostedReport {
  /// The tool that made it, which keeps a comment of its own.
  let tool: String
  /// The one server whose workloads it is about, which has a comment of its own; nil for several, and where none is named.
  let server: String?
  /// When the run looked, RFC 3339 in UTC.
  let generatedAt: String
  /// Whether there is anything that somebody should see; a report without creates no comment.
  let needsAttention: Bool
  /// The report in Markdown of at most so many UTF-16 units.
  package let markdown: (_ limit: Int) -> String

  /// A report of drift.
  package init(_ report: DriftReport, phrases: Phrases) {
    tool = "drift"
    server = report.servers.onlyServer
    generatedAt = report.generatedAt
    needsAttention =
      report.summary.hasFindings || report.summary[.fetchFailed] > 0 || !report.gaps.isEmpty
    markdown = { DriftMarkdown(phrases: phrases).render(report, limit: $0) }
  }

  /// A plan; `lead` is a sentence in Markdown below its title.
  package init(_ plan: PlanReport, lead: String?, phrases: Phrases) {
    tool = "plan"
    server = plan.servers.onlyServer
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
  private let channel: PostChannel

  /// Creates one from its parts.
  package init(_ options: PostSettings, _ channel: PostChannel) {
    self.options = options
    self.channel = channel
  }

  /// Posts the report.
  package func publish(_ report: PostedReport) async {
    let pipeline = options.pipeline
    switch pipeline.target {
    case .failure(let none): tell(none)
    case .success(let request):
      let comment = comment(report, pipeline, on: request)
      await channel.post(to: request.shownName.shownSafely) {
        (connection, show) throws(Failure) in
        try await publish(comment, report.needsAttention, on: request, connection, show)
      }
    }
  }

  private func publish(
    _ comment: StickyComment, _ hasFindings: Bool, on request: PullRequest,
    _ connection: PostConnection, _ show: ([APIRequest]) -> Void
  ) async throws(Failure) {
    guard let token = connection.token(for: request.origins) else {
      guard options.isDryRun else {
        throw channel.noToken(for: request.place, writing: "notes")
      }
      channel.hint("note: without a token, the comments that exist already cannot be read")
      let first = comment.step(own: [], hasFindings: hasFindings)
      return show(APIRequest.all(first, comment, on: request))
    }
    let poster = StickyPoster(
      CommentAPI(
        request, client: try connection.client(), token: token, author: options.author,
        deadline: .now + .seconds(PostConnection.timeLimit)))
    guard !options.isDryRun else {
      let step = try await plannedStep(poster, comment, hasFindings)
      return show(APIRequest.all(step, comment, on: request))
    }
    let outcome = try await poster.post(comment, hasFindings: hasFindings)
    channel.hint("note: \(Self.words(outcome, request))")
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
      channel.hint(
        "note: the forge cannot be asked, so this is what is sent where no comment is there yet")
      return comment.step(own: [], hasFindings: hasFindings)
    }
  }

  // MARK: The comment

  private func comment(_ report: PostedReport, _ pipeline: Pipeline, on request: PullRequest)
    -> StickyComment
  {
    let name = options.name ?? ""
    let footer = PostFooter(
      phrases: channel.phrases, names: [report.server, options.name], pipeline
    ).text(lookedAt: report.generatedAt)
    let room =
      request.forge.definition.comments.limit - footer.utf16.count
      - StickyComment.overhead(
        tool: report.tool, pipeline: pipeline.name, name: name, server: report.server)
    return StickyComment(
      tool: report.tool, pipeline: pipeline.name, name: name, server: report.server,
      forge: request.forge, report: report.markdown(room), footer: footer)
  }

  // MARK: Messages

  private func tell(_ none: Pipeline.NoTarget) {
    guard let remedy = none.remedy else { return channel.hint("note: not posted: \(none.reason)") }
    channel.warn("not posted: \(none.reason); \(remedy)")
  }

  private static func words(_ outcome: StickyPoster.Outcome, _ request: PullRequest) -> String {
    let name = request.shownName
    return switch outcome {
    case .created: "the report is now a comment on \(name)"
    case .edited: "the comment on \(name) was brought up to date"
    case .unchanged: "the comment on \(name) is up to date already"
    case .nothing: "nothing to report on \(name), and no comment there"
    }
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
