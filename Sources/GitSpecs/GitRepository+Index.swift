internal import CGit2
internal import Glibc
private import SystemPackage
package import TinyforgeCore

/// The index of a repository: what the next commit holds.
///
/// It is parsed once, when it is made.
package final class SpecIndex {
  private let repository: GitRepository
  private let index: Handle<IndexKind>

  init(_ repository: GitRepository, _ index: consuming Handle<IndexKind>) {
    self.repository = repository
    self.index = index
  }

  /// Reads what the next commit holds at the path.
  ///
  /// Conflicting sides of a merge and `git add -N` are refused: neither is a file yet.
  package func read(path: String) throws(Failure) -> SpecSnapshot {
    let path = try RepositoryPath(path)
    let content: SpecSnapshot.Content
    switch standing(path) {
    case .nothing:
      content = .absent(
        "\(oneLine(path.text)) is not in the index of \(oneLine(repository.folder))")
    case .obstacle(let obstacle): content = .refused(obstacle)
    case .blob(var id): content = try repository.blob(&id, path.text)
    }
    return SpecSnapshot(
      path: path.text, origin: .index, repository: repository.folder, commit: nil, content: content)
  }

  /// The entries whose paths are wanted, in the index's own order; a conflict counts once.
  package func entries(where wanted: (String) -> Bool) -> [SpecEntry] {
    var entries: [SpecEntry] = []
    for place in 0..<git_index_entrycount(index.pointer) {
      guard let entry = git_index_get_byindex(index.pointer, place)?.pointee else { continue }
      guard wanted(String(cString: entry.path)) else { continue }
      let path = FilePath(platformString: entry.path)
      guard entries.last?.path != path else { continue }
      let stage = (UInt32(entry.flags) >> 12) & 3
      entries.append(
        SpecEntry(
          path: path, standing: stage == 0 ? Self.standing(entry) : .obstacle(.mergeConflict)))
    }
    return entries
  }

  /// The entries, of those whose paths are wanted, that the next commit adds or changes.
  ///
  /// What `git add -N` added is in no commit yet.
  package func changes(where wanted: (String) -> Bool) throws(Failure) -> [SpecEntry] {
    let entries = entries(where: wanted).filter { $0.standing != .obstacle(.intentToAdd) }
    guard !entries.isEmpty, let head = try repository.commit(ofRevision: nil) else {
      return entries
    }
    var walk = TreeWalk(repository, try repository.rootTree(of: head))
    var changed: [SpecEntry] = []
    for entry in entries where try walk.standing(entry.path) != entry.standing {
      changed.append(entry)
    }
    return changed
  }

  private func standing(_ path: RepositoryPath) -> Standing {
    if let entry = entry(path.text, 0) { return entry }
    for stage: Int32 in 1...3 where entry(path.text, stage) != nil {
      return .obstacle(.mergeConflict)
    }
    if git_index_find_prefix(nil, index.pointer, path.text + "/") == 0 {
      return .obstacle(.directory)
    }
    return standing(above: path)
  }

  /// A link or a submodule on the way is the index's only word about what lies below it.
  private func standing(above path: RepositoryPath) -> Standing {
    var prefix = ""
    for segment in path.segments.dropLast() {
      prefix += prefix.isEmpty ? segment : "/\(segment)"
      if case .obstacle(let obstacle)? = entry(prefix, 0) { return .obstacle(obstacle) }
    }
    return .nothing
  }

  private func entry(_ path: String, _ stage: Int32) -> Standing? {
    git_index_get_bypath(index.pointer, path, stage).map { Self.standing($0.pointee) }
  }

  private static func standing(_ entry: git_index_entry) -> Standing {
    if UInt32(entry.flags_extended) & UInt32(GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue) != 0 {
      return .obstacle(.intentToAdd)
    }
    return Standing(TreeEntry(mode: entry.mode, id: entry.id))
  }
}

extension GitRepository {
  /// Parses the index.
  ///
  /// A lock on it is no obstacle, since git replaces the index whole.
  ///
  /// It is opened apart from the repository, whose `core.ignorecase` would fold the case of paths.
  /// Throws `.usage` for a bare repository, and where the index that git named is not there.
  package func index() throws(Failure) -> SpecIndex {
    let file = try indexFile()
    var pointer: OpaquePointer?
    let status = file.withPlatformString { git_index_open(&pointer, $0) }
    if status == 0, let pointer { return SpecIndex(self, Handle(pointer: pointer)) }
    throw indexFailure(GitError.last(status))
  }

  /// The index's path.
  ///
  /// Git names it to hooks from the root of the work tree on, wherever they run.
  private func indexFile() throws(Failure) -> FilePath {
    guard let named = environment.indexFile else {
      if !isBare { return gitFolder.appending("index") }
      throw Failure(
        .usage, "the bare repository \(oneLine(folder)) has no index",
        remedy: "name a revision, or a repository with a work tree")
    }
    let file = (workTree ?? ".").pushing(FilePath(named))
    // libgit2 takes a missing file for an empty index, in which nothing is to be checked.
    guard file.withPlatformString({ Glibc.access($0, F_OK) }) == 0 else {
      throw Failure(
        .notFound, "there is no index \(oneLine(file)), which GIT_INDEX_FILE names",
        remedy: "unset GIT_INDEX_FILE")
    }
    return file
  }

  private func indexFailure(_ error: GitError) -> Failure {
    var failure = failure(error, "read the index of")
    let git: Remedy = "git -C \(shellWord(folder))"
    // The setting goes first: git would write the index in the same form again.
    if error.text.hasSuffix("extension: 'link'") {
      failure.remedy =
        "\(git) config core.splitIndex false && \(git) update-index --no-split-index"
    } else if error.text.hasSuffix("extension: 'sdir'") {
      failure.remedy = "\(git) sparse-checkout reapply --no-sparse-index"
    } else if error.text.contains("checksum") {
      // Since 2.40 git may leave the checksum out, which libgit2 takes for damage.
      failure.remedy =
        "\(git) config index.skipHash false && \(git) update-index --force-write-index"
    }
    return failure
  }
}
