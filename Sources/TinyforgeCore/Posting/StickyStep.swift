/// What is next for a sticky comment, judged by what stands on the request now.
package struct StickyStep: Sendable, Equatable {
  /// What is to be done.
  package enum Action: Sendable, Equatable {
    /// There is none yet.
    case create
    /// The one that stands there tells something else.
    case edit(Int64)
    /// The one that stands there tells the same.
    case keep(Int64)
    /// There is none, and nothing worth one.
    case nothing
  }

  /// What is to be done with the comment.
  package var action: Action
  /// Further comments of the same pipeline and name, which a race left.
  package var duplicates: [Int64]
}

extension StickyComment {
  /// The next step, given the pipeline's own comments on the request, the oldest first.
  ///
  /// The oldest stays, for two runs at once must agree on which. A report without findings turns
  /// a comment green, and makes none.
  package func step(own: [PostedComment], hasFindings: Bool) -> StickyStep {
    guard let kept = own.first else {
      return StickyStep(action: hasFindings ? .create : .nothing, duplicates: [])
    }
    return StickyStep(
      action: kept.body.satisfies(tellsTheSame) ? .keep(kept.id) : .edit(kept.id),
      duplicates: own.dropFirst().map(\.id))
  }
}

/// A write to a forge's API, as it is sent and as `--dry-run` shows it.
package struct CommentWrite: Sendable, Equatable {
  /// `POST`, `PATCH`, `PUT` or `DELETE`.
  package var method: String
  /// Where it is sent.
  package var address: String
  /// What is sent; nil for nothing.
  package var json: JSONValue?

  /// The write that makes a comment.
  package static func create(_ body: String, on request: PullRequest) -> CommentWrite {
    CommentWrite(method: "POST", address: request.commentsAddress, json: ["body": .string(body)])
  }

  /// The write that gives a comment another text.
  package static func edit(_ id: Int64, _ body: String, on request: PullRequest) -> CommentWrite {
    CommentWrite(
      method: request.forge == .gitlab ? "PUT" : "PATCH", address: request.commentAddress(id),
      json: ["body": .string(body)])
  }

  /// The write that removes a comment.
  package static func delete(_ id: Int64, on request: PullRequest) -> CommentWrite {
    CommentWrite(method: "DELETE", address: request.commentAddress(id), json: nil)
  }

  /// What a step comes to.
  package static func all(_ step: StickyStep, _ comment: StickyComment, on request: PullRequest)
    -> [CommentWrite]
  {
    let removals = step.duplicates.map { delete($0, on: request) }
    switch step.action {
    case .create: return removals + [create(comment.body, on: request)]
    case .edit(let id): return removals + [edit(id, comment.body, on: request)]
    case .keep, .nothing: return removals
    }
  }
}
