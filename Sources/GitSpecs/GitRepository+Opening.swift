internal import CGit2
internal import SystemPackage
internal import TinyforgeCore

extension GitRepository {
  /// The path of a repository; throws where none can be at it.
  static func checked(path: String) throws(Failure) -> FilePath {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw Failure(.usage, "the path of a repository is empty or holds a NUL character")
    }
    return FilePath(path)
  }

  /// The root of the work tree as git finds it; nil for a bare repository.
  static func workTree(
    of place: RepositoryPlace, _ settings: [GitSetting], _ environment: GitEnvironment
  ) throws(Failure) -> FilePath? {
    if let tree = environment.workTree {
      guard let real = WorkTreeFile.realPath(of: tree) else {
        throw Failure(
          .notFound, "the folder \(tree.shownSafely), which GIT_WORK_TREE names, does not exist",
          remedy: "unset GIT_WORK_TREE")
      }
      return real
    }
    // These are the main work tree's own affair.
    if !place.isLinked {
      if let tree = settings.last(named: "core.worktree")?.value, !tree.isEmpty {
        return place.gitFolder.real.pushing(FilePath(tree)).real
      }
      if settings.isTrue("core.bare") { return nil }
    }
    if let root = place.root ?? place.linkedRoot { return root.real }
    let gitFolder = place.gitFolder.real
    return gitFolder.lastComponent == ".git" ? gitFolder.removingLastComponent() : nil
  }

  /// The repository as libgit2 opens it.
  ///
  /// libgit2 sees no `HEAD` where that is an old symbolic link to a branch in `packed-refs`; it is then given the
  /// objects alone, and references are read here.
  static func opened(
    _ place: RepositoryPlace, _ path: FilePath
  ) throws(Failure) -> Handle<RepositoryKind> {
    var pointer: OpaquePointer?
    let status = place.gitFolder.withPlatformString { git_repository_open_bare(&pointer, $0) }
    if status == 0, let pointer { return Handle(pointer: pointer) }
    let error = GitError.last(status)
    guard error.isMissing else { throw error.failure("open the repository", path.string) }
    guard place.hasLinkForHead, git_repository_new(&pointer) == 0, let pointer else {
      throw openFailure(path)
    }
    return Handle(pointer: pointer)
  }

  /// A folder as libgit2 names it.
  static func folder(_ path: UnsafePointer<CChar>?) -> FilePath? {
    path.map { FilePath(platformString: $0) }
  }

  /// Why no repository could be opened at `path`.
  static func openFailure(_ path: FilePath) -> Failure {
    let shown = path.shownSafely
    switch access(path) {
    case .missing:
      return Failure(
        .notFound, "there is no folder \(shown)",
        remedy: "git clone --mirror URL \(shellWord(path))")
    case .denied:
      return Failure(
        .denied, "cannot open the repository \(shown): permission denied",
        remedy: RepositoryOwner.runAsOwner(of: path))
    case .present:
      return Failure(
        .notFound, "there is no git repository at \(shown)",
        remedy: "git -C \(shellWord(path)) rev-parse --git-dir")
    }
  }

  private enum Access { case present, missing, denied }

  /// libgit2 says "not found" for a folder that may not be entered as well.
  private static func access(_ path: FilePath) -> Access {
    for name in ["", "HEAD", ".git"] {
      do throws(Errno) {
        _ = try Stat(path.appending(name))
      } catch {
        if error == .permissionDenied { return .denied }
        if name.isEmpty { return .missing }
      }
    }
    return .present
  }
}
