package import TinyforgeCore

/// An issue as a forge's API gives it.
package struct PostedIssue: Sendable {
  /// The number that people know it by.
  package var number: Int64
  /// Whether it is open.
  package var isOpen: Bool
  /// Whether only some may comment.
  package var isLocked: Bool
  /// What it has in common with a comment: author and text.
  private var text: PostedComment
  /// The names of its labels.
  private var labels: [ServerText]

  /// Reads an issue; nil where it has no number, and for a pull request, which GitHub lists among the issues.
  package init?(_ json: ServerJSON, forge: ForgeKind) {
    let issues = forge.definition.issues
    let comments = forge.definition.comments
    guard let number = json[issues.numberMember]?.wholeNumber,
      json["pull_request"]?.isObject != true
    else { return nil }
    self.number = Int64(number)
    isOpen = json["state"]?.text?.satisfies { $0 == comments.openState } ?? false
    isLocked = json[comments.lockedMember]?.isTrue == true
    text = PostedComment(
      id: self.number,
      author: PostedComment.login(json[comments.authorMember], forge: forge) ?? ServerText(""),
      body: json[issues.bodyMember]?.text ?? ServerText(""))
    labels = (json["labels"]?.items ?? []).compactMap { $0.text ?? $0["name"]?.text }
  }

  /// Whether a login is its author's.
  func isBy(_ login: ServerText) -> Bool { text.isBy(login) }

  /// Whether its text has a property.
  func bodySatisfies(_ test: (String) -> Bool) -> Bool { text.body.satisfies(test) }

  /// Those of the labels that it does not have: forges leave out labels that a token may not set.
  package func lacking(_ wanted: [IssueLabel]) -> [String] {
    wanted.map(\.name).filter { name in
      !labels.contains { $0.isSame(ignoringCase: ServerText(name)) }
    }
  }
}
