/// The commit that a branch led to, to ask again whether it does.
package struct BranchTip: Sendable {
  private let references: References
  /// Such as `refs/heads/main`.
  private let name: String
  /// The commit's full id.
  private let commit: String

  fileprivate init(references: References, name: String, commit: String) {
    self.references = references
    self.name = name
    self.commit = commit
  }

  /// Whether the branch still leads to that commit; false as well where that takes a closer look.
  package var isCurrent: Bool {
    guard let id = try? references.target(of: name) else { return false }
    return hexadecimal(id) == commit
  }
}

extension GitRepository {
  /// The tip of a local branch that was found to lead to a commit.
  package func tip(ofBranch branch: String, commit: String) -> BranchTip {
    BranchTip(references: references, name: "refs/heads/\(branch)", commit: commit)
  }
}
