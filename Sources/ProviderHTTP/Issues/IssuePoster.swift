package import Forges
package import TinyforgeCore

/// Keeps one issue in a repository, even if other runs do so at the same time.
package struct IssuePoster: Sendable {
  private let api: IssueAPI

  /// Creates a poster that writes by this API.
  package init(_ api: IssueAPI) { self.api = api }

  /// What became of the issue.
  package struct Outcome: Sendable {
    /// What was done, or left.
    package var action: IssueStep.Action
    /// The issue's number; nil where there is none, or it is not known.
    package var number: Int64?
    /// The labels that were asked for and that the issue did not get.
    package var missingLabels: [String] = []
    /// Why the last word could not be written.
    package var lastWordFailure: Failure?
  }

  /// What is to be done now, without doing it, and the labels as they would be sent.
  package func look(_ issue: StickyIssue) async throws(Failure) -> (IssueStep, [IssueLabel]) {
    try await api.checkRepository()
    let login = try await api.login()
    let step = issue.step(own: issue.own(among: try await api.issues(), author: login))
    return (step, step.action == .open ? try await api.labels(issue.labels) : [])
  }

  /// Opens, edits, closes, reopens or leaves the issue, and closes further ones of its kind.
  ///
  /// Two runs that both find none both open one. So each looks again after it has opened one, keeps the oldest, and closes
  /// the rest.
  package func post(_ issue: StickyIssue) async throws(Failure) -> Outcome {
    try await api.checkRepository()
    let login = try await api.login()
    var opened: [PostedIssue] = []
    var outcome: Outcome?
    var attempts = PostAttempts()
    for _ in 0..<PostAttempts.rounds {
      let listed = try await api.issues()
      // A forge may list what was just opened a moment later.
      let own = issue.own(
        among: listed + opened.filter { one in !listed.contains { $0.number == one.number } },
        author: login)
      let step = issue.step(own: own)
      try await close(step, issue, own)
      if case .open = step.action {
        let (one, missing) = try await open(issue, &attempts)
        opened += [one].compactMap(\.self)
        outcome = Outcome(action: .open, number: one?.number, missingLabels: missing)
      } else if let done = try await carryOut(step, issue, own, after: outcome) {
        return done
      } else {
        // It was removed in between.
        opened.removeAll { $0.number == step.kept }
      }
    }
    return outcome ?? Outcome(action: .nothing)
  }

  // MARK: Steps

  /// Carries out what concerns an issue that is there; nil where it is gone.
  ///
  /// `before` is what this run has done already: what is as it should be then is its own work.
  private func carryOut(
    _ step: IssueStep, _ issue: StickyIssue, _ own: [PostedIssue], after before: Outcome?
  ) async throws(Failure) -> Outcome? {
    let kept = own.first
    var writes = APIRequest.all(step.action, issue, labels: [], on: api.tracker)
    var outcome = Outcome(action: step.action, number: kept?.number)
    guard !writes.isEmpty else {
      if var before {
        before.number = kept?.number
        return before
      }
      return outcome
    }
    if case .gone = try await api.write(writes.removeFirst(), issue: kept) { return nil }
    // The issue is closed already, and its text says why.
    for word in writes {
      do throws(Failure) {
        if case .unknown(let failure) = try await api.write(word, issue: kept) { throw failure }
      } catch {
        outcome.lastWordFailure = error
      }
    }
    return outcome
  }

  /// The new issue, nil where the forge does not tell of it, and the labels that it lacks.
  ///
  /// Where the connection dropped it is sent again only if the next look does not find it.
  private func open(_ issue: StickyIssue, _ attempts: inout PostAttempts) async throws(Failure)
    -> (PostedIssue?, [String])
  {
    let labels = try await api.labels(issue.labels)
    let unknown = issue.labels.filter { name in !labels.contains { $0.name.hasSameBytes(as: name) }
    }
    switch try await api.write(.open(issue, labels: labels, on: api.tracker)) {
    case .done(let json):
      let one = PostedIssue(json, forge: api.tracker.forge)
      return (one, unknown + (one?.lacking(labels) ?? []))
    case .gone: return (nil, unknown)
    case .unknown(let failure):
      try attempts.noteDrop(failure)
      return (nil, unknown)
    }
  }

  /// Closes further issues, which a race left; one that is gone or closed already was the other run's.
  private func close(_ step: IssueStep, _ issue: StickyIssue, _ own: [PostedIssue])
    async throws(Failure)
  {
    for write in APIRequest.closing(step, issue, on: api.tracker) {
      _ = try await api.write(write, issue: own.first { step.duplicates.contains($0.number) })
    }
  }
}
