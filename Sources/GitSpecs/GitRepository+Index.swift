internal import CGit2
package import TinyforgeCore

extension GitRepository {
  /// Reads what the next commit would hold at the path.
  ///
  /// Conflicting sides of a merge and `git add -N` are refused: neither is a file yet. A lock on the
  /// index is no obstacle, since git replaces the index whole. Throws `.usage` for a bare repository.
  package func readIndex(path: String) throws(Failure) -> SpecSnapshot {
    let path = try RepositoryPath(path)
    let index = try openIndex()
    let content: SpecSnapshot.Content
    switch standing(path, in: index) {
    case .nothing:
      content = .absent("\(oneLine(path.text)) is not in the index of \(oneLine(folder))")
    case .obstacle(let obstacle): content = .refused(obstacle)
    case .blob(var id): content = try blob(&id, path)
    }
    return SpecSnapshot(
      path: path.text, origin: .index, repository: folder, commit: nil, content: content)
  }

  /// Opened apart from the repository, whose `core.ignorecase` would fold the case of the path.
  func openIndex() throws(Failure) -> Handle<IndexKind> {
    if isBare, environment.indexFile == nil {
      throw Failure(
        .usage, "the bare repository \(oneLine(folder)) has no index",
        remedy: "name a revision, or a repository with a work tree")
    }
    let file = environment.indexFile ?? "\(gitFolder)index"
    var pointer: OpaquePointer?
    let status = git_index_open(&pointer, file)
    if status == 0, let pointer { return Handle(pointer: pointer) }
    throw indexFailure(GitError.last(status))
  }

  private func indexFailure(_ error: GitError) -> Failure {
    var failure = failure(error, "read the index of")
    let place = shellWord(folder)
    if error.text.hasSuffix("extension: 'link'") {
      failure.remedy = "git -C \(place) update-index --no-split-index"
    } else if error.text.hasSuffix("extension: 'sdir'") {
      failure.remedy = "git -C \(place) sparse-checkout reapply --no-sparse-index"
    } else if error.text.contains("checksum") {
      // Since 2.40 git may leave the checksum out, which libgit2 takes for damage.
      failure.remedy =
        "git -C \(place) -c index.skipHash=false update-index --force-write-index"
    }
    return failure
  }

  private func standing(_ path: RepositoryPath, in index: borrowing Handle<IndexKind>) -> Standing {
    if let entry = entry(path.text, 0, in: index) { return entry }
    for stage: Int32 in 1...3 where entry(path.text, stage, in: index) != nil {
      return .obstacle(.mergeConflict)
    }
    if git_index_find_prefix(nil, index.pointer, path.text + "/") == 0 {
      return .obstacle(.directory)
    }
    return standing(above: path, in: index)
  }

  /// A link or a submodule on the way is the index's only word about what lies below it.
  private func standing(
    above path: RepositoryPath, in index: borrowing Handle<IndexKind>
  ) -> Standing {
    var prefix = ""
    for segment in path.segments.dropLast() {
      prefix += prefix.isEmpty ? segment : "/\(segment)"
      if case .obstacle(let obstacle)? = entry(prefix, 0, in: index) { return .obstacle(obstacle) }
    }
    return .nothing
  }

  private func entry(
    _ path: String, _ stage: Int32, in index: borrowing Handle<IndexKind>
  ) -> Standing? {
    guard let entry = git_index_get_bypath(index.pointer, path, stage)?.pointee else { return nil }
    if UInt32(entry.flags_extended) & UInt32(GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue) != 0 {
      return .obstacle(.intentToAdd)
    }
    return Standing(TreeEntry(mode: entry.mode, id: entry.id))
  }
}
