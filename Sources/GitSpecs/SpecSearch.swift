import Glibc
package import TinyforgeCore

/// Finds specs in folders, as far as git would look: what `.gitignore` names is passed over.
package struct SpecSearch: ~Copyable {
  /// What the search came to.
  package struct Found: Sendable {
    /// In the order of their bytes.
    package var files: [String] = []
    /// Folders that could not be read, each with the reason.
    package var failures: [(folder: String, failure: Failure)] = []
  }

  /// A folder to look into.
  private struct Folder {
    var path: String
    /// The rules that hold in it; nil outside of any repository.
    var ignores: IgnoreRules?
  }

  private let wanted: (String) -> Bool
  private var found = Found()
  private var waiting: [Folder] = []

  /// Whether a folder stands at `path`; a link to one counts, for it was named.
  package static func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  /// All files under `folder` whose path (from `folder` on, with a slash before it) is wanted.
  ///
  /// Links are not followed and git's own folders are passed over; a clone within the folder is
  /// searched by its own rules.
  package static func files(
    under folder: String, wanted: @escaping (_ path: String) -> Bool
  ) -> Found {
    var search = SpecSearch(wanted)
    search.waiting.append(Folder(path: folder, ignores: IgnoreRules(above: folder)))
    while let next = search.waiting.popLast() { search.look(into: next, under: folder) }
    search.found.files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return search.found
  }

  private init(_ wanted: @escaping (String) -> Bool) { self.wanted = wanted }

  private mutating func look(into folder: Folder, under root: String) {
    guard let entries = Self.entries(of: folder.path) else {
      let failure = Failure(
        .denied, "the folder \(folder.path.shownSafely) cannot be read",
        remedy: "check its permissions, or name the files")
      return found.failures.append((folder.path, failure))
    }
    let ignores = rules(in: folder, entries)
    for entry in entries where entry.name != ".git" {
      let path =
        folder.path.hasSuffix("/") ? folder.path + entry.name : "\(folder.path)/\(entry.name)"
      if entry.isFolder(path) {
        guard ignores?.ignore(path, isFolder: true) != true else { continue }
        waiting.append(Folder(path: path, ignores: ignores))
      } else if wanted(String(path.dropFirst(root.hasSuffix("/") ? root.count - 1 : root.count))),
        ignores?.ignore(path, isFolder: false) != true
      {
        found.files.append(path)
      }
    }
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
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { entries.append(Entry(name: name, type: entry.pointee.d_type)) }
    }
    return entries
  }
}
