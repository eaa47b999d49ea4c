package import TinyforgeCore

/// A file's history in one repository, walked back from one commit.
///
/// Commits are read once, however many questions are asked. Everything is bounded: at most `limit`
/// commits are read in all, and none once the time is over.
package final class SpecHistory {
  /// The result of walking back.
  package enum LastChange: Sendable, Equatable {
    case found(CommitAuthorship)
    /// A shallow or partial clone ends before.
    case cutOff
    /// The limit was reached before.
    case beyondLimit
    /// The time was over before.
    case outOfTime
  }

  /// Whether a commit is one of those that were walked.
  package enum Ancestry: Sendable, Equatable {
    case ancestor, stranger, cutOff, beyondLimit, outOfTime
  }

  private let repository: GitRepository
  private let path: RepositoryPath
  private let limit: Int
  private let deadline: ContinuousClock.Instant
  private var commits: [String: PastCommit] = [:]
  /// The object at the path by the root tree's id; nil if it is not a regular file.
  private var blobs: [String: String?] = [:]
  private var contents: [String: [UInt8]] = [:]
  private var authorships: [String: CommitAuthorship] = [:]

  /// All questions together are answered within `timeout` from now on, or not.
  package init(_ repository: GitRepository, path: String, limit: Int, timeout: Duration)
    throws(Failure)
  {
    deadline = .now + timeout
    self.repository = repository
    self.path = try RepositoryPath(path)
    self.limit = limit
  }

  /// Whether `commit` is `tip`, or one that `tip` descends from.
  package func ancestry(of commit: String, from tip: String) throws(Failure) -> Ancestry {
    var queue = [tip]
    var seen: Set<String> = [tip]
    var next = 0
    var isCutOff = false
    while next < queue.count {
      let id = queue[next]
      next += 1
      if id == commit { return .ancestor }
      switch try past(id) {
      case .missing: isCutOff = true
      case .beyondLimit: return .beyondLimit
      case .outOfTime: return .outOfTime
      case .commit(let past):
        for parent in past.parents where seen.insert(parent).inserted { queue.append(parent) }
      }
    }
    return isCutOff ? .cutOff : .stranger
  }

  /// The latest commit, from `tip` back, whose file differs from that of all its parents.
  ///
  /// `isSame` says whether a parent's file holds what is asked about as the tip's does. A parent
  /// with the same object, or else the first that is the same by it, is where the walk goes on, as
  /// `git log` and `git blame` do.
  package func lastChange(from tip: String, isSame: (_ before: [UInt8]) -> Bool)
    throws(Failure) -> LastChange
  {
    var id = tip
    while true {
      switch try past(id) {
      case .missing: return .cutOff
      case .beyondLimit: return .beyondLimit
      case .outOfTime: return .outOfTime
      case .commit(let commit):
        var parents: [(id: String, commit: PastCommit)] = []
        for parent in commit.parents {
          switch try past(parent) {
          case .missing: return .cutOff
          case .beyondLimit: return .beyondLimit
          case .outOfTime: return .outOfTime
          case .commit(let past): parents.append((parent, past))
          }
        }
        guard let same = try origin(of: commit, among: parents, isSame) else {
          return .found(try authorship(of: id))
        }
        id = same
      }
    }
  }

  private func origin(
    of commit: PastCommit, among parents: [(id: String, commit: PastCommit)],
    _ isSame: (_ before: [UInt8]) -> Bool
  ) throws(Failure) -> String? {
    if let same = parents.first(where: { $0.commit.tree == commit.tree }) { return same.id }
    let blob = try blob(in: commit)
    for parent in parents where try self.blob(in: parent.commit) == blob { return parent.id }
    for parent in parents {
      if let before = try content(try self.blob(in: parent.commit)), isSame(before) {
        return parent.id
      }
    }
    return nil
  }

  // MARK: Reading

  private enum Reading {
    case commit(PastCommit)
    case missing, beyondLimit, outOfTime
  }

  private func past(_ id: String) throws(Failure) -> Reading {
    guard .now < deadline else { return .outOfTime }
    if let known = commits[id] { return .commit(known) }
    // After a cancellation the result is not needed any more.
    guard commits.count < limit, !Task.isCancelled else { return .beyondLimit }
    guard let commit = try repository.pastCommit(id) else { return .missing }
    commits[id] = commit
    return .commit(commit)
  }

  private func authorship(of id: String) throws(Failure) -> CommitAuthorship {
    if let known = authorships[id] { return known }
    let authorship = try repository.authorship(of: id)
    authorships[id] = authorship
    return authorship
  }

  private func blob(in commit: PastCommit) throws(Failure) -> String? {
    if let known = blobs[commit.tree] { return known }
    let blob = try repository.blob(at: path, inTree: commit.tree)
    blobs[commit.tree] = blob
    return blob
  }

  /// Nil if it is not a regular file within the size limit.
  private func content(_ blob: String?) throws(Failure) -> [UInt8]? {
    guard let blob else { return nil }
    if let known = contents[blob] { return known }
    guard case .file(let bytes) = try repository.blob(named: blob, path) else { return nil }
    contents[blob] = bytes
    return bytes
  }
}
