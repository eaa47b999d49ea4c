internal import TinyforgeCore

/// The next step for a sticky comment, given the comments on the request.
package struct StickyStep: Sendable, Equatable {
  /// What is to be done.
  package enum Action: Sendable, Equatable {
    /// There is none yet.
    case create
    /// The existing one has another text.
    case edit(Int64)
    /// The existing one has the same text.
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
