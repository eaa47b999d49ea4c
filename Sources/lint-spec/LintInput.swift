import GitSpecs
import TinyforgeCore

/// One spec to check: the name that reports give it, and how its bytes are come by.
struct LintInput {
  /// What reports call it.
  var path: String
  /// The pushed references that hold it, such as `refs/heads/main`; empty outside of a push.
  var references: [String] = []
  /// The file on disk, where there is one, which `--fix` may rewrite.
  var file: String?
  /// How it is checked.
  var settings: LintSettings
  /// Reads it; inputs are read one by one, so that ten thousand are never in memory at once.
  var read: () throws(Failure) -> SpecSnapshot.Content
  /// The same for any thread; nil where a repository is read, which belongs to one.
  private(set) var readAnywhere: (@Sendable () throws(Failure) -> SpecSnapshot.Content)?

  init(
    path: String, _ settings: LintSettings,
    read: @escaping () throws(Failure) -> SpecSnapshot.Content
  ) {
    self.path = path
    self.settings = settings
    self.read = read
  }

  init(
    path: String, _ policy: LintPolicy,
    read: @escaping () throws(Failure) -> SpecSnapshot.Content
  ) {
    self.init(path: path, policy.settings(for: path), read: read)
  }

  /// A file on disk.
  init(
    path: String, file: String, _ settings: LintSettings,
    read: @escaping @Sendable () throws(Failure) -> SpecSnapshot.Content
  ) {
    self.path = path
    self.file = file
    self.settings = settings
    self.read = read
    readAnywhere = read
  }
}
