internal import CGit2
internal import Glibc
internal import SystemPackage
package import TinyforgeCore

extension GitRepository {
  /// Opens exactly this clone or bare repository, to read specs from its branches.
  ///
  /// As ``open(_:environment:)`` does, but in half the time where it is a bare repository of this user that is
  /// set up as mirrors are: what else the folder might be is not asked, no settings but its own are
  /// read, and packs are looked through once an object is in no file of its own.
  package static func openMirror(_ path: String) throws(Failure) -> GitRepository {
    try LibGit2.start()
    // A repository within it would go first.
    if !path.utf8.contains(0), Glibc.access("\(path)/.git", F_OK) != 0, errno == ENOENT {
      var pointer: OpaquePointer?
      if git_repository_open_bare(&pointer, path) == 0, let pointer {
        let opened = Handle<RepositoryKind>(pointer: pointer)
        if isOwnMirror(opened) { return try GitRepository(mirror: opened) }
      }
    }
    return try open(path)
  }

  /// False where anything is not as it is in nearly every mirror, and libgit2 is to judge.
  private static func isOwnMirror(_ opened: borrowing Handle<RepositoryKind>) -> Bool {
    var facts = stat()
    guard let folder = git_repository_path(opened.pointer),
      let common = git_repository_commondir(opened.pointer), strcmp(folder, common) == 0,
      stat(folder, &facts) == 0, facts.st_uid == geteuid()
    else { return false }
    return MirrorSettings.arePlain(at: String(cString: folder) + "config")
  }

  /// The repository's settings as they are now; nil where they cannot be read.
  func settings() -> Handle<ConfigKind>? {
    var pointer: OpaquePointer?
    guard git_repository_config_snapshot(&pointer, handle.pointer) == 0, let pointer else {
      return nil
    }
    return Handle(pointer: pointer)
  }

  /// Why no repository could be opened at `path`.
  static func openFailure(_ error: GitError, _ path: String) -> Failure {
    if error.isForeignOwner { return error.failure("open", ownedFolder(path)) }
    guard error.isMissing else { return error.failure("open the repository", path) }
    let shown = oneLine(path)
    switch access(path) {
    case .missing:
      return Failure(
        .notFound, "there is no folder \(shown)",
        remedy: "git clone --mirror URL \(shellWord(path))")
    case .denied:
      return Failure(
        .denied, "cannot open the repository \(shown): permission denied",
        remedy: "ls -ld \(shellWord(path))")
    case .present:
      return Failure(
        .notFound, "there is no git repository at \(shown)",
        remedy: "git -C \(shellWord(path)) rev-parse --git-dir")
    }
  }

  private enum Access { case present, missing, denied }

  /// libgit2 says "not found" for a folder that may not be entered as well.
  private static func access(_ path: String) -> Access {
    for name in ["", "HEAD", ".git"] {
      do throws(Errno) {
        _ = try Stat(FilePath(path).appending(name))
      } catch {
        if error == .permissionDenied { return .denied }
        if name.isEmpty { return .missing }
      }
    }
    return .present
  }

  /// The folder that `safe.directory` must name: the work tree, or the bare repository itself.
  private static func ownedFolder(_ path: String) -> String {
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    guard git_repository_discover(&buffer, path, 1, nil) == 0, let text = buffer.ptr else {
      return path
    }
    let gitFolder = FilePath(String(cString: text))
    if gitFolder.lastComponent == ".git" { return gitFolder.removingLastComponent().string }
    // A linked worktree or a submodule: its own folder holds a file named .git.
    let isLinked =
      (try? Stat(gitFolder.appending("gitdir"))) != nil
      || gitFolder.components.contains("modules")
    let root = isLinked ? WorkTreeFile.repositoryRoot(above: FilePath(path)) : nil
    return root?.string ?? withoutTrailingSlash(gitFolder.string)
  }
}
