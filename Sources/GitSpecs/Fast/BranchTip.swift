internal import SystemPackage

/// The commit that a branch led to, to ask again whether it does.
package struct BranchTip: Sendable {
  private let gitFolder: FilePath
  private let commonFolder: FilePath
  /// Such as `refs/heads/main`.
  private let name: String
  /// The commit's full id.
  private let commit: String

  fileprivate init(of repository: GitRepository, name: String, commit: String) {
    (gitFolder, commonFolder) = (repository.gitFolder, repository.commonFolder)
    self.name = name
    self.commit = commit
  }

  /// Whether the branch still leads to that commit; false as well where that takes a closer look.
  package var isCurrent: Bool {
    let references = References(gitFolder: gitFolder, commonFolder: commonFolder)
    guard let id = try? references.target(of: name) else { return false }
    return hexadecimal(id) == commit
  }
}

extension GitRepository {
  /// The tip of a local branch that was found to lead to a commit.
  package func tip(ofBranch branch: String, commit: String) -> BranchTip {
    BranchTip(of: self, name: "refs/heads/\(branch)", commit: commit)
  }
}
