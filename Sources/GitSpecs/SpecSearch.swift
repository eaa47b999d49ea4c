import Glibc
package import TinyforgeCore

/// Finds specs in folders, as far as git would look: what `.gitignore` names is passed over.
package struct SpecSearch: Sendable {
  /// What the search came to.
  package struct Found: Sendable {
    /// In the order of the bytes of their paths.
    package var files: [File] = []
    /// Folders that could not be read, each with the reason.
    package var failures: [(folder: String, failure: Failure)] = []
  }

  /// A file, a link, or whatever else bears the name.
  package struct File: Sendable {
    package var path: String
    package var isRegular: Bool
  }

  /// A folder to look into.
  private struct Folder {
    var path: String
    /// The rules that hold in it; nil outside of any repository.
    var ignores: IgnoreRules?
  }

  /// What stands in some folders of one depth.
  private struct Level {
    var found = Found()
    var folders: [Folder] = []
  }

  private let wanted: @Sendable (Substring) -> Bool
  /// How many bytes of a path are the root's, the slash behind it left out.
  private let rootLength: Int
  /// Whether clones within the folder are searched too.
  private let entersClones: Bool

  /// Whether a folder stands at `path`; a link to one counts, for it was named.
  package static func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  /// All files under `folder` whose path (from `folder` on, with a slash before it) is wanted.
  ///
  /// Links are not followed and git's own folders are passed over; a clone within the folder is
  /// searched by its own rules, unless it is not entered at all. `wanted` is asked by several threads at once.
  package static func files(
    under folder: String, entersClones: Bool = true,
    wanted: @escaping @Sendable (_ path: Substring) -> Bool
  ) -> Found {
    let root = folder.utf8.count - (folder.hasSuffix("/") ? 1 : 0)
    let search = SpecSearch(wanted: wanted, rootLength: root, entersClones: entersClones)
    var found = Found()
    // Depth by depth: the folders of one are shared by all processors.
    var folders = [Folder(path: folder, ignores: IgnoreRules(above: folder))]
    while !folders.isEmpty {
      let levels = folders.mapPortions(of: 32, search.look)
      found.files += levels.flatMap(\.found.files)
      found.failures += levels.flatMap(\.found.failures)
      folders = levels.flatMap(\.folders)
    }
    found.files.sort { $0.path.precedesInBytes($1.path) }
    return found
  }

  private func look(into folders: ArraySlice<Folder>) -> Level {
    var level = Level()
    for folder in folders { look(into: folder, &level) }
    return level
  }

  private func look(into folder: Folder, _ level: inout Level) {
    guard let entries = Self.entries(of: folder.path) else {
      let failure = Failure(
        .denied, "the folder \(folder.path.shownSafely) cannot be read",
        remedy: "check its permissions, or name the files")
      return level.found.failures.append((folder.path, failure))
    }
    if !entersClones, folder.path.utf8.count > rootLength, Self.isClone(folder.path, entries) {
      return
    }
    let ignores = rules(in: folder, entries)
    let start = folder.path.hasSuffix("/") ? folder.path : folder.path + "/"
    for entry in entries where entry.name != ".git" {
      let path = start + entry.name
      if entry.isFolder(path) {
        guard ignores?.ignore(path, isFolder: true) != true else { continue }
        level.folders.append(Folder(path: path, ignores: ignores))
      } else if wanted(path[path.utf8.index(path.startIndex, offsetBy: rootLength)...]),
        ignores?.ignore(path, isFolder: false) != true
      {
        level.found.files.append(File(path: path, isRegular: entry.type == UInt8(DT_REG)))
      }
    }
  }

  private static func isClone(_ folder: String, _ entries: [Entry]) -> Bool {
    entries.contains { $0.name == ".git" } && WorkTreeFile.isRepositoryRoot(folder)
  }

  /// The rules of the folder: its own clone's, or those around it with its `.gitignore`.
  private func rules(in folder: Folder, _ entries: [Entry]) -> IgnoreRules? {
    if entries.contains(where: { $0.name == ".git" }), let own = IgnoreRules(above: folder.path) {
      return own
    }
    guard entries.contains(where: { $0.name == ".gitignore" }) else { return folder.ignores }
    return folder.ignores?.withRules
  }

  // MARK: Folders

  private struct Entry {
    var name: String
    var type: UInt8

    func isFolder(_ path: String) -> Bool {
      if type != UInt8(DT_UNKNOWN) { return type == UInt8(DT_DIR) }
      var facts = stat()
      return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }
  }

  private static func entries(of folder: String) -> [Entry]? {
    guard let handle = opendir(folder) else { return nil }
    defer { closedir(handle) }
    var entries: [Entry] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { entries.append(Entry(name: name, type: entry.pointee.d_type)) }
    }
    return entries
  }
}

extension String {
  /// Whether this comes before another in the order of their bytes.
  fileprivate func precedesInBytes(_ other: String) -> Bool {
    let order = utf8.withContiguousStorageIfAvailable { this in
      other.utf8.withContiguousStorageIfAvailable { other in
        guard let a = this.baseAddress, let b = other.baseAddress else { return false }
        let order = memcmp(a, b, min(this.count, other.count))
        return order == 0 ? this.count < other.count : order < 0
      }
    }
    return (order ?? nil) ?? utf8.lexicographicallyPrecedes(other.utf8)
  }
}
