package import TinyforgeCore

/// The one issue that a pipeline keeps in a repository as long as there is drift.
package struct StickyIssue: Sendable {
  /// What a report says of drift.
  package enum State: Sendable, Equatable {
    /// There are findings.
    case drifting
    /// All workloads were compared, and nothing was found.
    case clean
    /// Nothing was found, and not everything could be compared.
    case unknown
  }

  /// The title of a new issue; later ones are people's to change.
  package let title: String
  /// The marker and the text, which are those of a comment.
  package let text: StickyComment
  /// What the report says.
  package let state: State
  /// The comment that it is closed with.
  package let lastWord: String
  /// The words before the number of the issue that is kept, in a comment on a further one.
  let continuedIn: String
  /// The labels of a new issue.
  package let labels: [String]

  /// Creates one from its parts; `title` is cut to what every forge takes.
  package init(
    title: String, text: StickyComment, state: State, lastWord: String, continuedIn: String,
    labels: [String]
  ) {
    self.title = title.shortened(to: Self.titleLimit)
    self.text = text
    self.state = state
    self.lastWord = lastWord
    self.continuedIn = continuedIn
    self.labels = labels
  }

  /// GitLab and Gitea take 255 characters, GitHub 256.
  private static let titleLimit = 255

  /// Of a repository's issues those of this pipeline, name and author, the oldest first.
  package func own(among issues: [PostedIssue], author: ServerText) -> [PostedIssue] {
    issues.filter { $0.isBy(author) && $0.bodySatisfies(text.isSibling) }
      .sorted { $0.number < $1.number }
  }
}

extension StickyIssue {
  /// The next step, given the pipeline's own issues, the oldest first.
  ///
  /// The tool closes an issue with a text that reports no drift. A closed issue that reports today's drift was therefore
  /// closed by a person, and stays closed.
  package func step(own: [PostedIssue]) -> IssueStep {
    guard let kept = own.first else {
      return IssueStep(action: state == .drifting ? .open : .nothing, duplicates: [])
    }
    return IssueStep(
      action: action(on: kept), duplicates: own.dropFirst().filter(\.isOpen).map(\.number))
  }

  private func action(on kept: PostedIssue) -> IssueStep.Action {
    let isSame = kept.bodySatisfies(text.tellsTheSame)
    let number = kept.number
    switch (state, kept.isOpen) {
    case (.drifting, false): return isSame ? .leaveClosed(number) : .reopen(number)
    case (.clean, true) where !isSame: return .close(number)
    case (.unknown, false): return .keep(number)
    case _: return isSame ? .keep(number) : .edit(number)
    }
  }
}
