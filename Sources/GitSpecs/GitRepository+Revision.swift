internal import CGit2
internal import SystemPackage
package import TinyforgeCore

extension GitRepository {
  /// Reads the file as of a revision: a commit's id, a branch, a tag, or anything git calls one.
  ///
  /// nil means `HEAD`. A branch without commits holds nothing, which is not a failure; a revision that
  /// is not there throws `.notFound`, one that names no commit throws `.usage`.
  package func read(revision: String?, path: String) throws(Failure) -> SpecSnapshot {
    let path = try RepositoryPath(path)
    guard let revision, revision != "HEAD" else { return try readHead(path) }
    return try read(try commit(named: revision), path)
  }

  /// The commit of a revision, `HEAD` for nil; nil for a branch without commits.
  func commit(ofRevision revision: String?) throws(Failure) -> Handle<CommitKind>? {
    if let revision, revision != "HEAD" { return try commit(named: revision) }
    if let head = try headCommit() { return head }
    try checkUnborn()
    return nil
  }

  /// The commit that the next one follows; nil on a branch without commits, whether or not others have some.
  func headCommit() throws(Failure) -> Handle<CommitKind>? {
    guard var id = try references.target(of: "HEAD") else { return nil }
    return try commit(&id, "HEAD")
  }

  /// Throws where `HEAD` names a branch that is not there although others are: in a mirror, upstream has perhaps
  /// renamed it.
  private func checkUnborn() throws(Failure) {
    let branches = try references.branches()
    guard let first = ["main", "master"].first(where: branches.contains) ?? branches.first else {
      return
    }
    let named = try unbornBranch()
    throw Failure(
      .notFound,
      "HEAD of \(folder.shownSafely) names the branch \(named.shownSafely), which does not exist; "
        + "upstream has perhaps renamed it",
      remedy: "git -C \(shellWord(folder)) symbolic-ref HEAD \("refs/heads/\(first)")")
  }

  /// Whether an object of that id is a commit, or a tag that leads to one.
  package func namesCommit(_ id: String) throws(Failure) -> Bool {
    do {
      _ = try commit(named: id)
      return true
    } catch {
      if error.code == .usage { return false }
      throw error
    }
  }

  /// Whether a commit of that id is here.
  package func hasCommit(_ id: String) -> Bool { (try? namesCommit(id)) == true }

  /// Reads the file at the tip of a branch: the local one, else the one that was last fetched.
  ///
  /// nil means `HEAD`. Throws `.notFound` where neither is there.
  package func read(branch: String?, path: String) throws(Failure) -> SpecSnapshot {
    let path = try RepositoryPath(path)
    guard let branch else { return try readHead(path) }
    for name in ["refs/heads/\(branch)", "refs/remotes/origin/\(branch)"] {
      guard !branch.isEmpty, var id = try references.target(of: name) else { continue }
      return try read(try commit(&id, name), path)
    }
    throw Failure(
      .notFound, "there is no branch \(branch.shownSafely) in \(folder.shownSafely)",
      remedy: "git -C \(shellWord(folder)) fetch")
  }

  private func readHead(_ path: RepositoryPath) throws(Failure) -> SpecSnapshot {
    if let commit = try commit(ofRevision: nil) { return try read(commit, path) }
    let branch = try unbornBranch()
    return SpecSnapshot(
      path: path.text, provenance: .commit, repository: folder, commit: nil,
      content: .absent(
        "the branch \(branch.shownSafely) of \(folder.shownSafely) has no commits yet"))
  }

  /// The branch that `HEAD` names.
  private func unbornBranch() throws(Failure) -> String {
    guard case .symbolic(let name) = try references.value(of: "HEAD") else { return "HEAD" }
    let start = "refs/heads/"
    return name.startsWithBytes(of: start)
      ? String(Substring(name.utf8.dropFirst(start.utf8.count))) : name
  }

  /// The commit of that id, or the one that the tag of that id leads to, through other tags.
  func commit(
    _ id: inout git_oid, _ name: String
  ) throws(Failure) -> Handle<CommitKind> {
    for _ in 0..<Self.tagLimit {
      let object: Handle<ObjectKind> = try make("read \(name.shownSafely) of") {
        git_object_lookup(&$0, handle.pointer, &id, GIT_OBJECT_ANY)
      }
      guard git_object_type(object.pointer) == GIT_OBJECT_TAG,
        let target = git_tag_target_id(object.pointer)
      else { return try peel(object, name) }
      id = target.pointee
    }
    throw Failure(
      .repository,
      "\(name.shownSafely) in \(folder.shownSafely) leads through over \(Self.tagLimit) tags",
      remedy: "name the commit itself")
  }

  /// More tags of tags than occur in practice; each is an object to read.
  private static let tagLimit = 1000
}

extension GitRepository {
  private func commit(named revision: String) throws(Failure) -> Handle<CommitKind> {
    let text = Revision(revision)
    if var id = try plainTarget(of: text.base) {
      if text.rest.isEmpty { return try commit(&id, revision) }
      if let steps = text.steps {
        return try follow(steps, from: try commit(&id, text.base), revision)
      }
      // Tags are followed here, where their number is bounded.
      if !text.isAboutNames, let start = try commitID(&id, text.base) {
        return try parsed(start + text.rest, revision)
      }
    }
    // libgit2 would find by its own reading a name that git does not have.
    if text.isPlainName {
      let status = References.isValid("refs/\(text.base)") ? GIT_ENOTFOUND : GIT_EINVALIDSPEC
      throw try revisionFailure(status.rawValue, revision)
    }
    guard text.isAboutNames || text.steps == nil, let steps = text.steps, !steps.isEmpty else {
      return try parsed(text.whole, revision)
    }
    return try follow(steps, from: try parsed(text.base, revision), revision)
  }

  /// The id of the commit that an object leads to; nil where it leads to none.
  private func commitID(_ id: inout git_oid, _ name: String) throws(Failure) -> String? {
    do throws(Failure) {
      let commit = try commit(&id, name)
      return git_commit_id(commit.pointer).map { hexadecimal($0.pointee) }
    } catch {
      if error.code == .usage { return nil }
      throw error
    }
  }

  /// The commit that libgit2 finds by its own reading of a revision.
  private func parsed(_ text: String, _ revision: String) throws(Failure) -> Handle<CommitKind> {
    try readPacks()
    // Upstreams of branches are settings.
    if text.unicodeScalars.contains("{") { useOwnSettings() }
    var pointer: OpaquePointer?
    let isText = !text.isEmpty && !text.utf8.contains(0)
    let status =
      isText ? git_revparse_single(&pointer, handle.pointer, text) : GIT_EINVALIDSPEC.rawValue
    guard status == 0, let pointer else { throw try revisionFailure(status, revision) }
    return try peel(Handle(pointer: pointer), revision)
  }

  /// Lets libgit2 know the repository's own settings; where it cannot read them, it knows none.
  private func useOwnSettings() {
    var pointer: OpaquePointer?
    guard git_config_new(&pointer) == 0, let pointer else { return }
    let config = Handle<ConfigKind>(pointer: pointer)
    let file = commonFolder.appending("config")
    let status = file.withPlatformString {
      git_config_add_file_ondisk(config.pointer, $0, GIT_CONFIG_LEVEL_LOCAL, handle.pointer, 0)
    }
    if status == 0 { git_repository_set_config(handle.pointer, config.pointer) }
  }

  /// Goes from a commit to its parents.
  private func follow(
    _ steps: [Revision.Step], from commit: consuming Handle<CommitKind>, _ revision: String
  ) throws(Failure) -> Handle<CommitKind> {
    var commit = commit
    for step in steps {
      for _ in 0..<step.count {
        guard var id = git_commit_parent_id(commit.pointer, step.parent)?.pointee,
          try holds(&id)
        else { throw try revisionFailure(GIT_ENOTFOUND.rawValue, revision) }
        commit = try self.commit(&id, revision)
      }
    }
    return commit
  }

  /// The id that a full id or a reference's name means, found without reading an object.
  private func plainTarget(of revision: String) throws(Failure) -> git_oid? {
    guard !revision.isEmpty, !revision.utf8.contains(0) else { return nil }
    var id = git_oid()
    if revision.utf8.count == 40, git_oid_fromstr(&id, revision) == 0 {
      return try holds(&id) ? id : nil
    }
    if let logged = LoggedTarget(revision) {
      guard let id = try references.target(of: logged) else { throw logFailure(revision, logged) }
      return id
    }
    return try references.target(ofShort: revision)
  }

  private func logFailure(_ revision: String, _ logged: LoggedTarget) -> Failure {
    let name = logged.name.isEmpty ? "HEAD" : logged.name
    return Failure(
      .notFound,
      "there is no revision '\(revision.shownSafely)' in \(folder.shownSafely): the reference's log is "
        + "missing or does not go back that far",
      remedy: "git -C \(shellWord(folder)) reflog show \(name)")
  }

  /// The commit itself; throws for an object of any other type.
  private func peel(
    _ object: consuming Handle<ObjectKind>, _ name: String
  ) throws(Failure) -> Handle<CommitKind> {
    var pointer: OpaquePointer?
    let status = git_object_peel(&pointer, object.pointer, GIT_OBJECT_COMMIT)
    if status == 0, let pointer { return Handle(pointer: pointer) }
    let error = GitError.last(status)
    guard status == GIT_EPEEL.rawValue || status == GIT_EINVALIDSPEC.rawValue else {
      throw failure(error, "follow \(name.shownSafely) to a commit in")
    }
    throw Failure(
      .usage, "'\(name.shownSafely)' is not a commit in \(folder.shownSafely)",
      remedy: "git -C \(shellWord(folder)) rev-parse --verify --end-of-options \(shellWord(name))")
  }

  private func revisionFailure(_ status: Int32, _ revision: String) throws(Failure) -> Failure {
    let place = shellWord(folder)
    let shown = "'\(revision.shownSafely)'"
    let error = GitError.last(status)
    switch status {
    case GIT_EAMBIGUOUS.rawValue:
      return Failure(
        .usage, "the revision \(shown) fits several objects of \(folder.shownSafely)",
        remedy: "git -C \(place) rev-parse --disambiguate=\(shellWord(revision))")
    case GIT_EINVALIDSPEC.rawValue:
      return Failure(
        .usage, "\(shown) is not a revision that git understands",
        remedy: "git -C \(place) rev-parse --verify --end-of-options \(shellWord(revision))")
    case GIT_ENOTFOUND.rawValue where try references.target(ofShort: revision) == nil:
      return Failure(
        .notFound, "there is no revision \(shown) in \(folder.shownSafely)",
        remedy: isShallow ? "git -C \(place) fetch --unshallow" : "git -C \(place) fetch")
    default:
      return failure(error, "read the revision \(shown) of")
    }
  }
}
