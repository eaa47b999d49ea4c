import GitSpecs
import SystemPackage
import TinyforgeCore

/// One spec to check: the name that reports give it, and how its bytes are come by.
struct LintInput {
  /// The path that it goes by, in the repository or as it was given.
  let path: FilePath
  /// The pushed references that hold it, such as `refs/heads/main`; empty outside of a push.
  var references: [String] = []
  /// The file on disk, where there is one, which `--fix` may rewrite.
  var file: FilePath?
  /// What changes its bytes when git commits it, such as `filter=crypt`.
  var conversion: String?
  /// How it is checked.
  var settings: LintSettings
  /// Reads it; inputs are read one by one, so that ten thousand are never in memory at once.
  var read: () throws(Failure) -> SpecSnapshot.Content
  /// The same for any thread; nil where a repository is read, which belongs to one.
  private(set) var readAnywhere: (@Sendable () throws(Failure) -> SpecSnapshot.Content)?

  init(
    path: FilePath, _ settings: LintSettings,
    read: @escaping () throws(Failure) -> SpecSnapshot.Content
  ) {
    self.path = path
    self.settings = settings
    self.read = read
  }

  init(
    path: FilePath, _ policy: LintPolicy,
    read: @escaping () throws(Failure) -> SpecSnapshot.Content
  ) {
    self.init(path: path, policy.settings(for: path.string), read: read)
  }

  /// A file on disk.
  init(
    path: FilePath, file: FilePath, _ settings: LintSettings,
    read: @escaping @Sendable () throws(Failure) -> SpecSnapshot.Content
  ) {
    self.path = path
    self.file = file
    self.settings = settings
    self.read = read
    readAnywhere = read
  }

  /// The same with its content, which is not read again.
  func holding(_ content: SpecSnapshot.Content) -> LintInput {
    var input = self
    input.read = { () throws(Failure) in content }
    if readAnywhere != nil { input.readAnywhere = { () throws(Failure) in content } }
    return input
  }
}
