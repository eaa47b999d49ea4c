internal import CGit2
internal import SystemPackage
package import TinyforgeCore

extension GitRepository {
  /// Whether the repository keeps only the latest part of its history.
  package var isShallow: Bool {
    ((try? Stat(commonFolder.appending("shallow")))?.size ?? 0) > 0
  }

  /// Whether the object of that full id is here, and is a commit.
  package func holdsCommit(_ id: String) throws(Failure) -> Bool {
    guard var name = objectID(id) else { return false }
    guard try holds(&name) else { return false }
    let database = try openDatabase()
    var (size, type) = (0, GIT_OBJECT_INVALID)
    try attempt("read the commit \(ObjectID.short(id)) of") {
      git_odb_read_header(&size, &type, database.pointer, &name)
    }
    return type == GIT_OBJECT_COMMIT
  }

  /// Nil where the commit is not here, which a shallow clone's border is made of.
  func pastCommit(_ id: String) throws(Failure) -> PastCommit? {
    guard var name = objectID(id) else { return nil }
    guard try holds(&name) else { return nil }
    let commit = try commit(&name, id)
    let parents = (0..<git_commit_parentcount(commit.pointer)).compactMap { number in
      git_commit_parent_id(commit.pointer, number).map { hexadecimal($0.pointee) }
    }
    let tree = git_commit_tree_id(commit.pointer).map { hexadecimal($0.pointee) }
    return PastCommit(parents: parents, tree: tree ?? "")
  }

  /// The object at the path; nil if there is not a regular file.
  func blob(at path: RepositoryPath, inTree tree: String) throws(Failure) -> String? {
    guard var root = objectID(tree), case .blob(let blob) = try pathEntry(path, inTree: &root)
    else {
      return nil
    }
    return hexadecimal(blob)
  }

  func blob(named id: String, _ path: RepositoryPath) throws(Failure) -> SpecSnapshot.Content {
    guard var name = objectID(id) else { return .absent(id) }
    return try blob(&name, path.text)
  }

  func authorship(of id: String) throws(Failure) -> CommitAuthorship {
    guard var name = objectID(id) else {
      throw Failure(.usage, "'\(id.shownSafely)' is not the full id of a commit")
    }
    let commit = try commit(&name, id)
    let author = git_commit_author(commit.pointer)?.pointee
    return CommitAuthorship(
      id: id, authoredAt: UTCTime.rfc3339(author?.when.time ?? 0),
      author: author?.name.map { String(cString: $0) } ?? "", subject: subject(of: commit))
  }

  private func objectID(_ text: String) -> git_oid? {
    var id = git_oid()
    guard text.utf8.count == 40, git_oid_fromstr(&id, text) == 0 else { return nil }
    return id
  }
}
