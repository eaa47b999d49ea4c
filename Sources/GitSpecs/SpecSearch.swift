internal import Glibc
package import SystemPackage
package import TinyforgeCore

/// Finds specs in folders, as far as git would look: what `.gitignore` names is passed over.
package struct SpecSearch: Sendable {
  /// What the search came to.
  package struct Found: Sendable {
    /// In the order of the bytes of their paths.
    package var files: [File] = []
    /// Folders that could not be read, each with the reason.
    package var failures: [(folder: FilePath, failure: Failure)] = []
  }

  /// A file, a link, or whatever else bears the name.
  package struct File: Sendable {
    /// The path, from the folder that was searched.
    package var path: FilePath
    /// The path from the folder of the search on.
    package var below: FilePath
    /// Whether it is a regular file.
    package var isRegular: Bool
  }

  /// A folder to look into.
  private struct Folder {
    var path: FilePath
    /// The path from the folder of the search on, and the same as text for comparison: with a slash before each name.
    var below: FilePath
    var belowText: String
    /// The rules that hold in it; nil outside of any repository.
    var ignores: IgnoreRules?
  }

  /// What stands in some folders of one depth.
  private struct Level {
    var found = Found()
    var folders: [Folder] = []
  }

  private let wanted: @Sendable (Substring) -> Bool
  /// Whether clones within the folder are searched too.
  private let entersClones: Bool

  /// Whether a folder stands at `path`; a link to one counts, for it was named.
  package static func isFolder(_ path: FilePath) -> Bool {
    var facts = stat()
    return path.withPlatformString { stat($0, &facts) } == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  /// All files under `folder` whose path (from `folder` on, with a slash before it) is wanted.
  ///
  /// Links are not followed and git's own folders are passed over; a clone within the folder is
  /// searched by its own rules, unless it is not entered at all. `wanted` is asked by several threads at once.
  package static func files(
    under folder: FilePath, entersClones: Bool = true,
    wanted: @escaping @Sendable (_ path: Substring) -> Bool
  ) -> Found {
    let search = SpecSearch(wanted: wanted, entersClones: entersClones)
    var found = Found()
    // Depth by depth: the folders of one are shared by all processors.
    var folders = [
      Folder(path: folder, below: "", belowText: "", ignores: IgnoreRules(above: folder))
    ]
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
    let entries: [Entry]
    do throws(Errno) {
      entries = try Self.entries(of: folder.path)
    } catch {
      return level.found.failures.append((folder.path, Self.failure(folder.path, error)))
    }
    if !entersClones, !folder.below.isEmpty, Self.isClone(folder.path, entries) {
      return
    }
    let ignores = rules(in: folder, entries)
    for entry in entries where entry.name != ".git" {
      let belowText = "\(folder.belowText)/\(entry.name)"
      if entry.isFolder(in: folder.path) {
        let path = folder.path.pushing(entry.component)
        guard ignores?.ignore(path, isFolder: true) != true else { continue }
        level.folders.append(
          Folder(
            path: path, below: folder.below.pushing(entry.component), belowText: belowText,
            ignores: ignores))
      } else if wanted(belowText[...]) {
        let path = folder.path.pushing(entry.component)
        guard ignores?.ignore(path, isFolder: false) != true else { continue }
        level.found.files.append(
          File(
            path: path, below: folder.below.pushing(entry.component),
            isRegular: entry.type == UInt8(DT_REG)))
      }
    }
  }

  private static func failure(_ folder: FilePath, _ error: Errno) -> Failure {
    let message = "the folder \(folder.shown.shownSafely) cannot be read: \(error)"
    guard error == .permissionDenied || error == .notPermitted else {
      return Failure(.io, message)
    }
    return Failure(.denied, message, remedy: "check its permissions, or name the files")
  }

  private static func isClone(_ folder: FilePath, _ entries: [Entry]) -> Bool {
    entries.contains { $0.name == ".git" } && WorkTreeFile.isRepositoryRoot(folder)
  }

  /// The rules of the folder: its own clone's, or those around it with its `.gitignore`.
  private func rules(in folder: Folder, _ entries: [Entry]) -> IgnoreRules? {
    if entries.contains(where: { $0.name == ".git" }), let own = IgnoreRules(above: folder.path) {
      return own
    }
    guard entries.contains(where: { $0.name == ".gitignore" }) else { return folder.ignores }
    return folder.ignores?.withRules(of: folder.path)
  }

  // MARK: Folders

  private struct Entry {
    /// The name as text, in which U+FFFD takes the place of what is not UTF-8.
    var name: String
    var type: UInt8
    /// The bytes of a name that is not UTF-8.
    private let bytes: [CChar]?

    init(_ name: UnsafePointer<CChar>, type: UInt8) {
      self.type = type
      if let text = String(validatingCString: name) {
        (self.name, bytes) = (text, nil)
      } else {
        self.name = String(cString: name)
        bytes = Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1))
      }
    }

    /// The name as a part of a path.
    var component: FilePath {
      bytes.map { FilePath(platformString: $0) } ?? FilePath(name)
    }

    func isFolder(in folder: FilePath) -> Bool {
      if type != UInt8(DT_UNKNOWN) { return type == UInt8(DT_DIR) }
      var facts = stat()
      return folder.pushing(component).withPlatformString { lstat($0, &facts) } == 0
        && facts.st_mode & S_IFMT == S_IFDIR
    }
  }

  private static func entries(of folder: FilePath) throws(Errno) -> [Entry] {
    guard let handle = folder.withPlatformString({ opendir($0) }) else {
      throw Errno(rawValue: errno)
    }
    defer { closedir(handle) }
    var entries: [Entry] = []
    while let entry = readdir(handle) {
      let found = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) {
          Entry($0, type: entry.pointee.d_type)
        }
      }
      if found.name != ".", found.name != ".." { entries.append(found) }
    }
    return entries
  }
}
