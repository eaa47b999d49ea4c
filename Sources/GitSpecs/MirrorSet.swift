internal import Files
internal import Glibc
internal import SystemPackage
internal import TinyforgeCore

/// Folders that hold clones and bare mirrors by host, owner and name.
package struct MirrorSet: Sendable {
  /// The folders in the order of search, without slashes at their end.
  package let folders: [String]

  /// Takes the folders; an empty path would mean the root, so it is left out.
  package init(folders: [String]) {
    self.folders = folders.filter { !$0.isEmpty && !$0.utf8.contains(0) }
      .map { withoutTrailingSlash($0) }
  }

  /// Whether a folder is there and may be searched.
  package static func canList(_ folder: String) -> Bool {
    guard
      let descriptor = try? FileDescriptor.open(
        FilePath(folder), .readOnly, options: [.directory, .closeOnExec])
    else { return false }
    try? descriptor.close()
    return true
  }

  /// Looks for `OWNER/REPO.git`, below the host first, then in lower case, then without `.git`.
  ///
  /// The owner may be several segments (`group/subgroup`). Host, owner and name come from a
  /// database, so a segment that could leave the folder or pass for an option finds nothing.
  package func find(host: String?, owner: String, name: String) -> MirrorLookup {
    let bare = name.endsWithBytes(of: ".git") ? String(name.dropLast(4)) : name
    guard PathSegment.all(in: owner).allSatisfy(isPlainSegment), isPlainSegment(bare),
      host.map(isPlainSegment) ?? true
    else {
      return MirrorLookup(found: nil, tried: [])
    }
    let short = owner + "/" + bare
    let names = host.map { [$0 + "/" + short, short] } ?? [short]
    var tried: [String] = []
    for folder in folders {
      let start = folder == "/" ? folder : folder + "/"
      for (ending, isLowered) in Self.forms {
        for name in names {
          let path = start + (isLowered ? name.lowercased() : name) + ending
          // `tried` holds a dozen paths at most; a set would cost more than it saves.
          if tried.contains(where: { $0.hasSameBytes(as: path) }) { continue }
          tried.append(path)
          if isRepository(path) { return MirrorLookup(found: path, tried: tried) }
        }
      }
    }
    return MirrorLookup(found: nil, tried: tried)
  }

  /// The forms of a repository's folder, in the order of search: its ending, and whether it is in lower case.
  private static let forms = [(".git", false), (".git", true), ("", false), ("", true)]

  /// Something other than a repository at a path where one was looked for.
  package enum Obstacle: Sendable, Equatable {
    /// This user may not read it.
    case unreadable(String)
    /// Its clone was perhaps cut off.
    case incomplete(String)
  }

  /// The first obstacle among the paths that a lookup tried; nil if nothing is at any of them.
  package static func obstacle(among tried: [String]) -> Obstacle? {
    for path in tried {
      var facts = stat()
      if stat(path, &facts) != 0 {
        if errno == EACCES, let folder = closedFolder(above: path) { return .unreadable(folder) }
        continue
      }
      guard facts.st_mode & S_IFMT == S_IFDIR else { continue }
      if access(path, R_OK | X_OK) != 0 { return .unreadable(path) }
      // Without the ending it may be a group's folder of that name.
      if path.endsWithBytes(of: ".git") { return .incomplete(path) }
    }
    return nil
  }

  /// The folder on the way to a path that this user may not search.
  private static func closedFolder(above path: String) -> String? {
    var folder = path.startsWithBytes(of: "/") ? "" : "."
    for segment in path.splitAtScalar("/", omittingEmpty: true) {
      folder += "/\(segment)"
      if access(folder, F_OK) != 0 { return nil }
      if access(folder, X_OK) != 0 { return folder }
    }
    return nil
  }

  /// Whether this user may read everything in a repository's folder.
  ///
  /// Looks at each file, up to a bound: for telling why a repository could not be read.
  package static func isWhollyReadable(_ folder: String) -> Bool {
    var open = [folder]
    var count = 0
    while let path = open.popLast(), count < 20_000 {
      guard access(path, R_OK | X_OK) == 0 else { return false }
      var isReadable = true
      do throws(Errno) {
        try FilePath(path).forEachEntry { name, type in
          count += 1
          let child = "\(path)/\(String(decoding: name, as: UTF8.self))"
          if Int32(type) == Int32(DT_DIR) {
            open.append(child)
          } else if access(child, R_OK) != 0, errno == EACCES {
            isReadable = false
          }
          return isReadable
        }
      } catch { return false }
      guard isReadable else { return false }
    }
    return true
  }

  private func isPlainSegment(_ segment: String) -> Bool {
    guard PathSegment.isName(segment), !segment.startsWithBytes(of: "-") else { return false }
    if segment.utf8.first == UInt8(ascii: "."), PathSegment.isGitFolder(segment) { return false }
    return segment.utf8.allSatisfy { byte in
      byte >= 32 && byte != 127 && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "\\")
    }
  }

  /// Tells a repository by its looks: a clone's `.git`, or a bare one's `HEAD` and `objects`.
  private func isRepository(_ path: String) -> Bool {
    func exists(_ name: String) -> Bool { access(path + name, F_OK) == 0 }
    // `HEAD` may be a link to a branch that is in no file of its own.
    var facts = stat()
    return (lstat(path + "/HEAD", &facts) == 0 && exists("/objects")) || exists("/.git")
  }
}
