internal import CGit2
internal import SystemPackage
internal import TinyforgeCore

extension GitRepository {
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
    let root = isLinked ? WorkTreeFile.repositoryRoot(above: path) : nil
    return root ?? withoutTrailingSlash(gitFolder.string)
  }
}
