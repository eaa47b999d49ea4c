internal import Glibc
internal import SystemPackage
internal import TinyforgeCore

/// Whether a repository's owner is trusted, judged as git's `setup.c` judges it.
///
/// This is the one place that decides it for all tools; libgit2's own check is off.
enum RepositoryOwner {
  /// Throws where the repository belongs to another user and no `safe.directory` names it.
  static func check(_ place: RepositoryPlace) throws(Failure) {
    if isOwn(place) { return }
    let path = (place.root ?? place.gitFolder).real
    guard try !SafeFolders.ofThisRun().contains(path) else { return }
    throw Failure(
      .repository, "the repository \(path.shownSafely) belongs to another user",
      remedy: "git config --global --add safe.directory \(shellWord(path))")
  }

  /// Whether the folder, its `.git` and what that leads to belong to this user.
  private static func isOwn(_ place: RepositoryPlace) -> Bool {
    let user = user
    func isOwn(_ path: FilePath, followsLinks: Bool) -> Bool {
      guard let owner = try? Stat(path, followTargetSymlink: followsLinks).userID.rawValue else {
        return false
      }
      return owner == user || owner == ownUser
    }
    if let file = place.gitFile, !isOwn(file, followsLinks: false) { return false }
    if let root = place.root, !isOwn(root, followsLinks: true) { return false }
    // A `.git` that is a link belongs to who made the link.
    return isOwn(place.gitFolder, followsLinks: place.root == nil)
  }

  /// The user whose repositories are trusted: of root under `sudo` also the one who called that.
  private static var user: uid_t {
    guard ownUser == 0, let text = getenv("SUDO_UID") else { return ownUser }
    return uid_t(String(cString: text)) ?? ownUser
  }

  /// The user that the process runs as, from its start to its end.
  private static let ownUser = geteuid()

  /// The remedy for a file that this user may not read.
  static func runAsOwner(of file: FilePath) -> Remedy {
    guard let status = try? Stat(file), status.userID.rawValue != geteuid() else {
      return "ls -ld \(shellWord(file))"
    }
    return "run as its owner (uid \(status.userID.rawValue))"
  }
}
