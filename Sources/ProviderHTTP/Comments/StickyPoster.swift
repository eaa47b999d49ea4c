package import Forges
package import TinyforgeCore

/// Keeps one comment on a pull or merge request, even if other runs do so at the same time.
package struct StickyPoster: Sendable {
  private let api: CommentAPI

  /// Creates a poster that writes by this API.
  package init(_ api: CommentAPI) { self.api = api }

  /// What became of the comment.
  package enum Outcome: Sendable, Equatable {
    case created, edited, unchanged
    /// There was none, and nothing worth one.
    case nothing
  }

  /// What is to be done now, without doing it.
  package func look(_ comment: StickyComment, hasFindings: Bool) async throws(Failure) -> StickyStep
  {
    _ = try await openState()
    let own = comment.own(among: try await api.comments(), author: try await api.login())
    return comment.step(own: own, hasFindings: hasFindings)
  }

  /// Creates, edits or leaves the comment, and removes further ones of its kind.
  ///
  /// Two runs that both find none both create one. So each looks again after it has written, keeps
  /// the oldest, and removes the rest, until it finds one comment, with its report.
  package func post(_ comment: StickyComment, hasFindings: Bool) async throws(Failure) -> Outcome {
    let state = try await openState()
    let login = try await api.login()
    var outcome = Outcome.unchanged
    var created: [PostedComment] = []
    var attempts = PostAttempts()
    for _ in 0..<PostAttempts.rounds {
      let listed = try await api.comments()
      // A forge may list what was just created a moment later.
      let own = comment.own(
        among: listed + created.filter { one in !listed.contains { $0.id == one.id } },
        author: login)
      let step = comment.step(own: own, hasFindings: hasFindings)
      try await remove(step.duplicates)
      created.removeAll { step.duplicates.contains($0.id) }
      switch step.action {
      case .nothing: return .nothing
      case .keep: return outcome
      case .create:
        let one = try await create(comment, isLocked: state.isLocked, &attempts)
        created += [one].compactMap(\.self)
        outcome = .created
      case .edit(let id):
        let edit = APIRequest.edit(id, comment.body, on: api.request)
        if case .gone = try await api.write(edit, isLocked: state.isLocked) {
          // It was deleted in between.
          created.removeAll { $0.id == id }
          continue
        }
        if outcome == .unchanged { outcome = .edited }
      }
    }
    return outcome
  }

  /// The new comment; nil where the forge does not tell of it.
  ///
  /// Where the connection dropped it is sent again only if the next look does not find it.
  private func create(_ comment: StickyComment, isLocked: Bool, _ attempts: inout PostAttempts)
    async throws(Failure) -> PostedComment?
  {
    let write = APIRequest.create(comment.body, on: api.request)
    switch try await api.write(write, isLocked: isLocked) {
    case .done(let json): return PostedComment(json, forge: api.request.forge)
    case .gone: return nil
    case .unknown(let failure):
      try attempts.noteDrop(failure)
      return nil
    }
  }

  private func remove(_ ids: [Int64]) async throws(Failure) {
    // One that is gone already was removed by the other run.
    for id in ids { _ = try await api.write(.delete(id, on: api.request), isLocked: false) }
  }

  private func openState() async throws(Failure) -> CommentAPI.State {
    let state = try await api.state()
    if let closed = state.closed {
      let request = api.request
      let word = closed.isEmpty ? "not open" : api.scrubber.shown(closed, atMost: 40)
      throw Failure(
        .denied, "\(request.forge.definition.requestNoun) \(request.shownName) is \(word)",
        remedy: nil)
    }
    return state
  }
}
