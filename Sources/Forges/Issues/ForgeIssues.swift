internal import TinyforgeCore

/// How a forge is asked for the issues of a repository, and how it answers.
package struct ForgeIssues: Sendable {
  /// What a token requires to write issues.
  let neededAccess: String
  /// The repository itself.
  let repository: @Sendable (IssueTracker) -> String
  /// The member of a repository that says whether it has issues.
  package let enabledMember: String
  /// Where issues are created.
  let all: @Sendable (IssueTracker) -> String
  /// A page of the issues, open and closed, counted from 1.
  let page: @Sendable (IssueTracker, _ number: Int) -> String
  /// One issue, to edit it.
  let one: @Sendable (IssueTracker, _ number: Int64) -> String
  /// Where comments on one issue are created.
  let comments: @Sendable (IssueTracker, _ number: Int64) -> String
  /// The method that edits an issue.
  let editMethod: String
  /// The member with the number that people know an issue by.
  package let numberMember: String
  /// The member with the text.
  let bodyMember: String
  /// The member that opens or closes an issue.
  let state: @Sendable (_ isOpen: Bool) -> JSONValue.Member
  /// The labels as a new issue is given them.
  let labels: @Sendable ([IssueLabel]) -> JSONValue
  /// The lists that the ids of labels are found in; none where labels are sent by their names.
  let labelPages: [@Sendable (IssueTracker, _ number: Int) -> String]
}
