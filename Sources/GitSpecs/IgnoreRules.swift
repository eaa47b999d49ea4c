internal import CGit2
import Glibc
import Synchronization
internal import SystemPackage
internal import TinyforgeCore

/// Which paths of a work tree git ignores.
///
/// libgit2 answers, and is asked only where there are rules at all: most folders have none.
struct IgnoreRules: Sendable {
  private let workTree: WorkTree
  private let hasRules: Bool

  /// The rules of the work tree that holds `folder`; nil where there is none.
  init?(above folder: FilePath) {
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

  func ignore(_ path: FilePath, isFolder: Bool) -> Bool {
    hasRules && workTree.ignore(path, isFolder: isFolder)
  }

  /// Whether a `.gitignore` on the way down, or git's settings, may name anything.
  private static func isRuled(from root: FilePath, to folder: FilePath) -> Bool {
    var places = [root.appending(".gitignore"), root.appending(".git/info/exclude")]
    var (current, below) = (root, folder)
    _ = below.removePrefix(root)
    for segment in below.components {
      current.append(segment)
      places.append(current.appending(".gitignore"))
    }
    return places.contains { $0.withPlatformString { Glibc.access($0, R_OK) } == 0 } || hasSettings
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
  private let root: FilePath
  /// The folder that the search began in, as it was given and without links.
  private let entry: FilePath
  let resolvedEntry: FilePath
  private let repository = Mutex(Opening.pending)

  private enum Opening {
    case pending
    case opened(GitRepository?)
  }

  init(root: FilePath, entry: FilePath) {
    self.root = root
    self.entry = entry
    resolvedEntry = WorkTreeFile.realPath(of: entry) ?? root
  }

  /// False where git cannot be asked: a spec is rather looked at than passed over.
  func ignore(_ path: FilePath, isFolder: Bool) -> Bool {
    var below = path
    _ = below.removePrefix(entry)
    var relative = resolvedEntry.pushing(below)
    _ = relative.removePrefix(root)
    // The slash at the end says that it is a folder.
    let slash = isFolder ? [UInt8(ascii: "/")] : []
    let asked: [CChar] = (relative.pathBytes + slash + [0]).map { CChar(bitPattern: $0) }
    return repository.withLock { opening in
      if case .pending = opening { opening = .opened(try? GitRepository.open(root)) }
      var isIgnored: Int32 = 0
      guard case .opened(let repository?) = opening,
        git_ignore_path_is_ignored(&isIgnored, repository.handle.pointer, asked) == 0
      else { return false }
      return isIgnored != 0
    }
  }
}
