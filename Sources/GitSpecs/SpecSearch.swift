import Glibc
package import TinyforgeCore

/// Finds specs in folders.
package enum SpecSearch {
  /// Whether a folder stands at `path`; a link to one counts, for it was named.
  package static func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  /// The files of that name (or with that path at their end) under `folder`, in byte order.
  ///
  /// Links are not followed, and git's own folders are passed over.
  package static func files(named name: String, under folder: String) throws(Failure) -> [String] {
    var found: [String] = []
    var waiting = [folder]
    while let current = waiting.popLast() {
      for entry in try entries(of: current) {
        let path = current.hasSuffix("/") ? current + entry : "\(current)/\(entry)"
        var facts = stat()
        guard lstat(path, &facts) == 0 else { continue }
        if facts.st_mode & S_IFMT == S_IFDIR {
          if entry != ".git" { waiting.append(path) }
        } else if path.hasSuffix("/\(name)") {
          found.append(path)
        }
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func entries(of folder: String) throws(Failure) -> [String] {
    guard let handle = opendir(folder) else {
      throw Failure(
        .denied, "the folder \(folder.shownSafely) cannot be read",
        remedy: "check its permissions, or name the files")
    }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
