internal import CGit2
package import TinyforgeCore

extension GitRepository {
  /// Reads the file as of a revision: a commit's id, a branch, a tag, or anything git calls one.
  ///
  /// nil means `HEAD`. A branch without commits holds nothing, which is no failure; a revision that
  /// is not there throws `.notFound`, one that names no commit throws `.usage`.
  package func read(revision: String?, path: String) throws(Failure) -> SpecSnapshot {
    let path = try RepositoryPath(path)
    guard let revision, revision != "HEAD" else { return try readHead(path) }
    return try read(try commit(named: revision), path)
  }

  /// The commit of a revision, `HEAD` for nil; nil for a branch without commits.
  func commit(ofRevision revision: String?) throws(Failure) -> Handle<CommitKind>? {
    if let revision, revision != "HEAD" { return try commit(named: revision) }
    var id = git_oid()
    let status = git_reference_name_to_id(&id, handle.pointer, "HEAD")
    if status == 0 { return try commit(&id, "HEAD") }
    let error = GitError.last(status)
    guard error.isMissing, unbornBranch() != nil else { throw failure(error, "read HEAD of") }
    return nil
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
      guard var id = try target(of: name, branch) else { continue }
      return try read(try commit(&id, name), path)
    }
    throw Failure(
      .notFound, "there is no branch \(oneLine(branch)) in \(oneLine(folder))",
      remedy: "git -C \(shellWord(folder)) fetch")
  }

  private func readHead(_ path: RepositoryPath) throws(Failure) -> SpecSnapshot {
    if let commit = try commit(ofRevision: nil) { return try read(commit, path) }
    let branch = unbornBranch() ?? "HEAD"
    return SpecSnapshot(
      path: path.text, origin: .commit, repository: folder, commit: nil,
      content: .absent("the branch \(oneLine(branch)) of \(oneLine(folder)) has no commits yet"))
  }

  /// The branch that `HEAD` names, where that branch has no commit.
  private func unbornBranch() -> String? {
    var pointer: OpaquePointer?
    guard git_reference_lookup(&pointer, handle.pointer, "HEAD") == 0, let pointer else {
      return nil
    }
    let head = Handle<ReferenceKind>(pointer: pointer)
    return symbolicTarget(head).map {
      $0.hasPrefix("refs/heads/") ? String($0.dropFirst("refs/heads/".count)) : $0
    }
  }

  private func symbolicTarget(_ reference: borrowing Handle<ReferenceKind>) -> String? {
    git_reference_symbolic_target(reference.pointer).map { String(cString: $0) }
  }

  /// The id that a reference leads to, nil where it is not there or could never be.
  private func target(of name: String, _ branch: String) throws(Failure) -> git_oid? {
    // libgit2 would take several slashes for one, which git does not.
    if branch.isEmpty || branch.utf8.contains(0) || branch.contains("//") { return nil }
    if let id = plainTarget(ofBranch: name) { return id }
    var id = git_oid()
    let status = git_reference_name_to_id(&id, handle.pointer, name)
    if status == 0 { return id }
    if status == GIT_ENOTFOUND.rawValue || status == GIT_EINVALIDSPEC.rawValue { return nil }
    throw failure(GitError.last(status), "read the branch \(oneLine(branch)) of")
  }

  /// The commit of that id, or the one that the tag of that id leads to, through other tags.
  func commit(
    _ id: inout git_oid, _ name: String
  ) throws(Failure) -> Handle<CommitKind> {
    for _ in 0..<Self.tagLimit {
      let object: Handle<ObjectKind> = try make("read \(oneLine(name)) of") {
        git_object_lookup(&$0, handle.pointer, &id, GIT_OBJECT_ANY)
      }
      guard git_object_type(object.pointer) == GIT_OBJECT_TAG,
        let target = git_tag_target_id(object.pointer)
      else { return try peel(object, name) }
      id = target.pointee
    }
    throw Failure(
      .repository,
      "\(oneLine(name)) in \(oneLine(folder)) leads through over \(Self.tagLimit) tags",
      remedy: "name the commit itself")
  }

  /// More tags of tags than anybody makes; each is an object to read.
  private static let tagLimit = 1000
}

extension GitRepository {
  private func commit(named revision: String) throws(Failure) -> Handle<CommitKind> {
    if var id = try plainTarget(of: revision) { return try commit(&id, revision) }
    try readPacks()
    var pointer: OpaquePointer?
    let isText = !revision.isEmpty && !revision.utf8.contains(0)
    let status =
      isText
      ? git_revparse_single(&pointer, handle.pointer, revision) : GIT_EINVALIDSPEC.rawValue
    guard status == 0, let pointer else { throw revisionFailure(status, revision) }
    return try peel(Handle(pointer: pointer), revision)
  }

  /// The id that a full id or a reference's name means, found without reading an object.
  private func plainTarget(of revision: String) throws(Failure) -> git_oid? {
    guard !revision.isEmpty, !revision.utf8.contains(0) else { return nil }
    var id = git_oid()
    if revision.utf8.count == 40, git_oid_fromstr(&id, revision) == 0 {
      let database = try objectDatabase()
      return git_odb_exists(database.pointer, &id) == 1 ? id : nil
    }
    var pointer: OpaquePointer?
    guard git_reference_dwim(&pointer, handle.pointer, revision) == 0, let pointer else {
      return nil
    }
    let reference = Handle<ReferenceKind>(pointer: pointer)
    return git_reference_target(reference.pointer)?.pointee
  }

  /// Takes a commit as it is; anything else that is no tag names none.
  private func peel(
    _ object: consuming Handle<ObjectKind>, _ name: String
  ) throws(Failure) -> Handle<CommitKind> {
    var pointer: OpaquePointer?
    let status = git_object_peel(&pointer, object.pointer, GIT_OBJECT_COMMIT)
    if status == 0, let pointer { return Handle(pointer: pointer) }
    let error = GitError.last(status)
    guard status == GIT_EPEEL.rawValue || status == GIT_EINVALIDSPEC.rawValue else {
      throw failure(error, "follow \(oneLine(name)) to a commit in")
    }
    throw Failure(
      .usage, "'\(oneLine(name))' names no commit in \(oneLine(folder))",
      remedy: "git -C \(shellWord(folder)) cat-file -t \(shellWord(name))")
  }

  private func revisionFailure(_ status: Int32, _ revision: String) -> Failure {
    let place = shellWord(folder)
    let shown = "'\(oneLine(revision))'"
    let error = GitError.last(status)
    switch status {
    case GIT_EAMBIGUOUS.rawValue:
      return Failure(
        .usage, "the revision \(shown) fits several objects of \(oneLine(folder))",
        remedy: "git -C \(place) rev-parse --disambiguate=\(shellWord(revision))")
    case GIT_EINVALIDSPEC.rawValue:
      return Failure(
        .usage, "\(shown) is no revision that git could understand",
        remedy: "git -C \(place) rev-parse --verify \(shellWord(revision))")
    case GIT_ENOTFOUND.rawValue where !isReference(revision):
      let isShallow = git_repository_is_shallow(handle.pointer) == 1
      return Failure(
        .notFound, "there is no revision \(shown) in \(oneLine(folder))",
        remedy: isShallow ? "git -C \(place) fetch --unshallow" : "git -C \(place) fetch")
    default:
      return failure(error, "read the revision \(shown) of")
    }
  }

  /// Whether a branch or a tag of that name is there; then what it leads to is missing.
  private func isReference(_ name: String) -> Bool {
    var pointer: OpaquePointer?
    guard git_reference_dwim(&pointer, handle.pointer, name) == 0 else { return false }
    git_reference_free(pointer)
    return true
  }
}
