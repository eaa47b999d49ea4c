internal import CGit2
internal import LazyGit2
internal import TinyforgeCore

/// The library underneath: its version and its start.
package enum LibGit2 {
  /// The version whose headers the tool was built with; asking loads nothing.
  package static var builtVersion: String { LIBGIT2_VERSION }

  /// The version that is loaded, such as `1.5.1`; asking starts nothing.
  package static var version: String {
    guard tinyforge_git_is_loaded() == 1 else { return builtVersion }
    var (major, minor, revision): (Int32, Int32, Int32) = (0, 0, 0)
    git_libgit2_version(&major, &minor, &revision)
    return "\(major).\(minor).\(revision)"
  }

  /// Starts libgit2 on the first call, and does nothing on any other.
  ///
  /// It takes some milliseconds, so only what opens repositories asks for it.
  static func start() throws(Failure) {
    if let failure = startFailure { throw failure }
  }

  /// Leaves the machine's settings unread from now on: of a fleet, libgit2 would read them anew for each
  /// repository.
  ///
  /// Of what they may hold only `safe.directory` bears on reading a commit. Where one is named, and
  /// where that cannot be told, they are read as ever. Call it before other threads open anything.
  package static func readFewSettings() {
    guard startFailure == nil, !namesSafeFolder else { return }
    // A refusal costs time alone.
    _ = tinyforge_git_read_few_settings()
  }

  private static var namesSafeFolder: Bool {
    var pointer: OpaquePointer?
    guard git_config_open_default(&pointer) == 0, let pointer else { return true }
    let config = Handle<ConfigKind>(pointer: pointer)
    var iterator: OpaquePointer?
    guard
      git_config_multivar_iterator_new(&iterator, config.pointer, "safe.directory", nil) == 0,
      let iterator
    else { return true }
    let values = Handle<ConfigIteratorKind>(pointer: iterator)
    var entry: UnsafeMutablePointer<git_config_entry>?
    return git_config_next(&entry, values.pointer) != GIT_ITEROVER.rawValue
  }

  private static let startFailure: Failure? = {
    guard tinyforge_git_is_loaded() == 1 else {
      return Failure(
        .notFound,
        "libgit2 \(builtVersion) is not installed here; it is needed to read repositories",
        remedy:
          "apt-get install libgit2-\(builtVersion.splitAtScalar(".", omittingEmpty: true).prefix(2).joined(separator: "."))"
      )
    }
    // Never shut down: the library lives as long as the process.
    guard git_libgit2_init() > 0 else {
      return Failure(.io, "libgit2 \(version) could not be started: \(GitError.last(-1).text)")
    }
    // Both are the library's defaults; what keeps reading safe is said, not assumed.
    guard tinyforge_git_validate_owner(1) == 0, tinyforge_git_verify_hashes(1) == 0,
      tinyforge_git_accept_harmless_extensions() == 0
    else { return Failure(.io, "libgit2 \(version) refused an option") }
    return nil
  }()
}
