import ProviderHTTP
package import Reporting
package import TinyforgeCore
package import ToolSupport

/// Posts a report as its pipeline's comment.
///
/// The report itself is printed already. So whatever goes wrong here is a line on standard error,
/// and never changes what the run comes to.
package struct ReportPost {
  private let options: PostOptions
  private let network: NetworkOptions
  private let phrases: Phrases
  private let console: Console

  /// Creates one from its parts.
  package init(
    _ options: PostOptions, network: NetworkOptions, phrases: Phrases, console: Console
  ) {
    self.options = options
    self.network = network
    self.phrases = phrases
    self.console = console
  }

  /// Posts the report, where `--post` asks for it.
  ///
  /// It goes to the step's page too, unless that `hasSummary` already. `showing` takes the requests
  /// that `--dry-run` shows.
  package func publish(
    _ report: DriftReport, hasSummary: Bool, showing: (String) -> Void
  ) async {
    guard options.post else { return }
    if !hasSummary, !options.dryRun {
      let page = DriftMarkdown(phrases: phrases).render(report, limit: DriftMarkdown.summaryLimit)
      StepSummary.append(page, console)
    }
    let pipeline = options.pipeline
    switch pipeline.target {
    case .failure(let none): tell(none)
    case .success(let request):
      let comment = comment(report, pipeline, on: request)
      // Whatever fails below may hold words of the forge, and those may hold a token.
      var scrubber = TokenScrubber()
      do {
        let tokens = try network.writtenTokens()
        scrubber = try network.settings().scrubber(tokens.map(\.token))
        let token = Self.token(among: tokens, for: request)
        try await publish(comment, report.needsAttention, on: request, token) {
          showing(scrubber.scrub($0 as String))
        }
      } catch {
        let line = "not posted to \(request.shownName.shownSafely): \(Inspection.sentence(error))"
        tell(scrubber.scrub(line))
      }
    }
  }

  private func publish(
    _ comment: StickyComment, _ hasFindings: Bool, on request: PullRequest, _ token: Token?,
    _ showing: (String) -> Void
  ) async throws(Failure) {
    guard let token else {
      guard options.dryRun else { throw Self.noToken(request) }
      console.hint("note: without a token it is not seen what stands there already")
      return show(comment.step(own: [], hasFindings: hasFindings), comment, request, showing)
    }
    let client: HTTPClient
    do { client = try HTTPClient(network.settings()) } catch let fault as HTTPFault {
      throw fault.failure
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.network, "no HTTP client can be made")
    }
    let api = CommentAPI(
      request, client: client, token: token, deadline: .now + .seconds(Self.timeLimit))
    let poster = StickyPoster(api, author: options.postAs)
    guard !options.dryRun else {
      let step = try await plannedStep(poster, comment, hasFindings)
      return show(step, comment, request, showing)
    }
    let outcome = try await poster.post(comment, hasFindings: hasFindings)
    console.hint("note: \(Self.words(outcome, request))")
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
      console.hint(
        "note: the forge cannot be asked, so this is what is sent where no comment is there yet")
      return comment.step(own: [], hasFindings: hasFindings)
    }
  }

  /// Long enough for a forge that asks to wait, short enough for a job.
  private static let timeLimit = 120

  // MARK: The comment

  private func comment(_ report: DriftReport, _ pipeline: Pipeline, on request: PullRequest)
    -> StickyComment
  {
    let name = options.postName ?? ""
    let footer = footer(report, pipeline)
    let limit =
      request.forge == .gitlab ? DriftMarkdown.gitLabCommentLimit : DriftMarkdown.commentLimit
    let room =
      limit - footer.utf16.count - StickyComment.overhead(pipeline: pipeline.name, name: name)
    return StickyComment(
      pipeline: pipeline.name, name: name, forge: request.forge,
      report: DriftMarkdown(phrases: phrases).render(report, limit: room), footer: footer)
  }

  private func footer(_ report: DriftReport, _ pipeline: Pipeline) -> String {
    var parts = [phrases.lookedAt(MarkdownText.code(report.generatedAt))]
    if let name = options.postName { parts.append(MarkdownText.code(name)) }
    // An address that could end the link is left out.
    if let page = pipeline.runPage, let url = HTTPURL(page) {
      parts.append("[\(phrases.run)](\(url.text))")
    }
    return parts.joined(separator: " · ")
  }

  // MARK: What is told

  private func tell(_ none: Pipeline.NoTarget) {
    guard let remedy = none.remedy else { return console.hint("note: not posted: \(none.reason)") }
    tell("not posted: \(none.reason); \(remedy)")
  }

  /// A forge's words may stand in it, and a pipeline reads this log.
  private func tell(_ line: String) { console.warn(line) }

  private func show(
    _ step: StickyStep, _ comment: StickyComment, _ request: PullRequest,
    _ showing: (String) -> Void
  ) {
    let writes = CommentWrite.all(step, comment, on: request)
    if writes.isEmpty { console.hint("note: nothing would be sent to \(request.shownName)") }
    for write in writes {
      let body = write.json.map { JSONWriter.compact($0) + "\n" } ?? ""
      showing("\(write.method) \(write.address)\n\(body)")
    }
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

  private static func token(among entries: [TokenBook.Entry], for request: PullRequest) -> Token? {
    let own = entries.first { $0.origin.map { request.origins.contains($0) } ?? false }
    return (own ?? entries.first { $0.origin == nil })?.token
  }

  private static func noToken(_ request: PullRequest) -> Failure {
    let noun = request.forge.requestNoun
    guard !request.isFromFork else {
      return Failure(
        .denied, "there is no token, for the \(noun) comes from a fork, whose runs get no secrets",
        remedy: "read the report in the job's log")
    }
    let job =
      request.forge == .gitlab && Environment.variable("CI_JOB_TOKEN") != nil
      ? " (CI_JOB_TOKEN may not write notes)" : ""
    return Failure(
      .denied, "there is no token\(job)",
      remedy:
        "set TINYFORGE_TOKEN or name a --token-file; it needs \(prose: request.forge.neededAccess)")
  }
}

extension DriftReport {
  /// Whether there is anything that somebody should see.
  fileprivate var needsAttention: Bool {
    summary.hasFindings || summary[.fetchFailed] > 0 || !gaps.isEmpty
  }
}
