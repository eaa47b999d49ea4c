internal import CGit2
internal import TinyforgeCore

extension GitRepository {
  /// Reads the file in the commit's tree.
  func read(
    _ commit: borrowing Handle<CommitKind>, _ path: RepositoryPath
  ) throws(Failure) -> SpecSnapshot {
    let facts = facts(of: commit)
    let content: SpecSnapshot.Content
    switch try pathEntry(path, in: commit) {
    case .nothing:
      content = .absent(
        "\(path.text.shownSafely) is not in the commit \(ObjectID.short(facts.id)) of \(folder.shownSafely)"
      )
    case .obstacle(let obstacle): content = .refused(obstacle)
    case .blob(var id): content = try blob(&id, path.text)
    }
    return SpecSnapshot(
      path: path.text, provenance: .commit, repository: folder, commit: facts, content: content)
  }

  private func pathEntry(
    _ path: RepositoryPath, in commit: borrowing Handle<CommitKind>
  ) throws(Failure) -> PathEntry {
    guard var root = git_commit_tree_id(commit.pointer)?.pointee else { return .nothing }
    return try pathEntry(path, inTree: &root)
  }

  /// Walks down the trees one segment after the other.
  ///
  /// `git_tree_entry_bypath` would call a submodule or a link on the way "not found".
  func pathEntry(_ path: RepositoryPath, inTree root: inout git_oid) throws(Failure) -> PathEntry {
    let shown = path.text
    var tree: Handle<TreeKind> = try make("read the tree of") {
      git_tree_lookup(&$0, handle.pointer, &root)
    }
    for segment in path.segments.dropLast() {
      guard var found = entry(segment, in: tree) else { return .nothing }
      switch found.obstacle {
      case .directory:
        tree = try make("read a folder of \(shown.shownSafely) in") {
          git_tree_lookup(&$0, handle.pointer, &found.id)
        }
      case let obstacle?: return .obstacle(obstacle)
      case nil: return .nothing
      }
    }
    guard let name = path.segments.last, let found = entry(name, in: tree) else { return .nothing }
    return PathEntry(found)
  }

  private func entry(_ name: String, in tree: borrowing Handle<TreeKind>) -> TreeEntry? {
    guard let entry = git_tree_entry_byname(tree.pointer, name),
      let id = git_tree_entry_id(entry)
    else { return nil }
    return TreeEntry(mode: UInt32(git_tree_entry_filemode(entry).rawValue), id: id.pointee)
  }

  /// Reads a blob whole; its size is known before its content.
  func blob(
    _ id: inout git_oid, _ path: String
  ) throws(Failure) -> SpecSnapshot.Content {
    func operation() -> String { "read \(path.shownSafely) in" }
    let database = try openDatabase()
    var (size, type) = (0, GIT_OBJECT_INVALID)
    try attempt(operation()) { git_odb_read_header(&size, &type, database.pointer, &id) }
    guard type == GIT_OBJECT_BLOB else { throw noFile(path) }
    if size > SpecObstacle.sizeLimit { return .refused(.tooLarge(size)) }
    return .judged(try blobBytes(&id, database, path, operation))
  }

  private func blobBytes(
    _ id: inout git_oid, _ database: borrowing Handle<DatabaseKind>, _ path: String,
    _ operation: () -> String
  ) throws(Failure) -> [UInt8] {
    let object: Handle<RawObjectKind> = try make(operation()) {
      git_odb_read(&$0, database.pointer, &id)
    }
    guard git_odb_object_type(object.pointer) == GIT_OBJECT_BLOB else { throw noFile(path) }
    return bytes(of: object)
  }

  private func noFile(_ path: String) -> Failure {
    Failure(
      .repository,
      "\(path.shownSafely) in \(folder.shownSafely) leads to an object that is not a file",
      remedy: "git -C \(shellWord(folder)) fsck")
  }

  private func bytes(of object: borrowing Handle<RawObjectKind>) -> [UInt8] {
    let data = UnsafeRawBufferPointer(
      start: git_odb_object_data(object.pointer), count: git_odb_object_size(object.pointer))
    return Array(data)
  }
}

extension GitRepository {
  /// The commit's id, time and subject, copied out.
  func facts(of commit: borrowing Handle<CommitKind>) -> CommitFacts {
    CommitFacts(
      id: git_commit_id(commit.pointer).map { hexadecimal($0.pointee) } ?? "",
      committedAt: UTCTime.rfc3339(git_commit_time(commit.pointer)), subject: subject(of: commit))
  }

  /// The first line of the commit's message.
  func subject(of commit: borrowing Handle<CommitKind>) -> String {
    git_commit_message(commit.pointer).map {
      firstLine($0).shortened(to: CommitFacts.subjectLimit)
    } ?? ""
  }

  /// libgit2 has skipped the line breaks that a message may begin with.
  private func firstLine(_ message: UnsafePointer<CChar>) -> String {
    var count = 0
    while message[count] != 0, message[count] != 10 { count += 1 }
    if count > 0, message[count - 1] == 13 { count -= 1 }
    let line = UnsafeRawBufferPointer(start: message, count: count)
    return String(decoding: line, as: UTF8.self)
  }
}
