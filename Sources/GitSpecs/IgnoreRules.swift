internal import CGit2
import Glibc
import Synchronization
internal import TinyforgeCore

/// Which paths of a work tree git ignores.
///
/// libgit2 answers, and is asked only where there are rules at all: most folders have none.
struct IgnoreRules: Sendable {
  private let workTree: WorkTree
  private let hasRules: Bool

  /// The rules of the work tree that holds `folder`; nil where there is none.
  init?(above folder: String) {
    guard let root = WorkTreeFile.repositoryRoot(above: folder) else { return nil }
    workTree = WorkTree(root: root, entry: folder)
    hasRules = Self.isRuled(from: root, to: workTree.resolvedEntry)
  }

  private init(_ workTree: WorkTree, hasRules: Bool) {
    self.workTree = workTree
    self.hasRules = hasRules
  }

  /// The same below a folder with a `.gitignore` of its own.
  var withRules: IgnoreRules { IgnoreRules(workTree, hasRules: true) }

  func ignore(_ path: String, isFolder: Bool) -> Bool {
    hasRules && workTree.ignore(path, isFolder: isFolder)
  }

  /// Whether a `.gitignore` on the way down, or git's settings, may name anything.
  private static func isRuled(from root: String, to folder: String) -> Bool {
    var current = root
    var places = ["\(root)/.gitignore", "\(root)/.git/info/exclude"]
    for segment in folder.dropFirst(root.count).splitAtScalar("/", omittingEmpty: true) {
      current += "/\(segment)"
      places.append("\(current)/.gitignore")
    }
    return places.contains { Glibc.access($0, R_OK) == 0 } || hasSettings
  }

  /// A linked work tree's `.git` is a file, and a user's own rules stand in the home folder.
  private static var hasSettings: Bool {
    guard let home = getenv("HOME") else { return false }
    let folder = String(cString: home)
    let settings = [".gitconfig", ".config/git/ignore", ".config/git/config"]
    return settings.contains { Glibc.access("\(folder)/\($0)", R_OK) == 0 }
  }
}

/// A work tree that answers for its paths, one question at a time; its repository is opened at the
/// first.
private final class WorkTree: Sendable {
  private let root: String
  /// The folder that the search began in, as it was given and without links.
  private let entry: String
  let resolvedEntry: String
  private let repository = Mutex(Opening.pending)

  private enum Opening {
    case pending
    case opened(GitRepository?)
  }

  init(root: String, entry: String) {
    self.root = root
    self.entry = entry
    let resolved = realpath(entry, nil)
    resolvedEntry = resolved.map { String(cString: $0) } ?? root
    free(resolved)
  }

  /// False where git cannot be asked: a spec is rather looked at than passed over.
  func ignore(_ path: String, isFolder: Bool) -> Bool {
    let below = path.dropFirst(entry.hasSuffix("/") ? entry.count - 1 : entry.count)
    let whole = resolvedEntry + below
    let relative = whole.dropFirst(root.count).drop { $0 == "/" } + (isFolder ? "/" : "")
    return repository.withLock { opening in
      if case .pending = opening { opening = .opened(try? GitRepository.open(root)) }
      var isIgnored: Int32 = 0
      guard case .opened(let repository?) = opening,
        git_ignore_path_is_ignored(&isIgnored, repository.handle.pointer, String(relative)) == 0
      else { return false }
      return isIgnored != 0
    }
  }
}
