internal import CGit2
internal import CLooseObjects
internal import LazyGit2
package import TinyforgeCore

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

  /// Starts it ahead of need; what fails then, fails again where it is used.
  package static func prepare() { _ = startFailure }

  /// Starts the library; why it cannot be used, nil where it can.
  package static let startFailure: Failure? = {
    guard tinyforge_git_is_loaded() == 1 else {
      return Failure(
        .notFound,
        "libgit2 \(builtVersion) is not installed here; it is needed to read repositories",
        remedy:
          "apt-get install libgit2-\(builtVersion.splitAtScalar(".", omittingEmpty: true).prefix(2).joined(separator: "."))"
      )
    }
    // Never shut down: the library lives as long as the process.
    guard tinyforge_git_bound_memory() == 0, git_libgit2_init() > 0 else {
      return Failure(.io, "libgit2 \(version) could not be started: \(GitError.last(-1).text)")
    }
    // Ids are verified by our own backend (checks.c), before it puts odd commits in order.
    guard tinyforge_git_verify_hashes(0) == 0 else {
      return Failure(.io, "libgit2 \(version) refused an option")
    }
    return nil
  }()
}
