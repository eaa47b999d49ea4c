internal import Files
internal import Glibc
package import SystemPackage
package import TinyforgeCore

/// Finds specs in folders, as far as git would look: what `.gitignore` names is passed over.
package struct SpecSearch: Sendable {
  /// The result of a search.
  package struct Found: Sendable {
    /// In the order of the bytes of their paths.
    package var files: [File] = []
    /// Folders that could not be read, each with the reason.
    package var failures: [(folder: FilePath, failure: Failure)] = []
  }

  /// A file, a link, or whatever else bears the name.
  package struct File: Sendable {
    /// The path, with the folder of the search before it.
    package let path: FilePath
    /// The path from the folder of the search on.
    package let below: FilePath
    /// Whether it is a regular file.
    package let isRegular: Bool

    /// `start` is how many of the bytes lead to the folder of the search.
    fileprivate init(_ candidate: Candidate, start: Int) {
      path = FilePath(bytes: candidate.path)
      below = FilePath(bytes: candidate.path[(start + 1)...])
      isRegular = candidate.isRegular
    }
  }

  /// What becomes a `File` once the search is over.
  fileprivate struct Candidate {
    /// The bytes of its path.
    var path: [UInt8]
    var isRegular: Bool
  }

  /// A folder to look into.
  ///
  /// The search handles paths as bytes: making a `FilePath` of each entry takes as long as all else.
  private struct Folder {
    /// The bytes of its path; none of the root.
    var path: [UInt8]
    /// The rules that hold in it; nil outside of any repository.
    var ignores: IgnoreRules?

    var filePath: FilePath { path.isEmpty ? "/" : FilePath(bytes: path) }
  }

  /// The entries of some folders of one depth.
  private struct Level {
    var files: [Candidate] = []
    var failures: [(folder: FilePath, failure: Failure)] = []
    var folders: [Folder] = []
    /// The work trees of which something was ignored.
    var ignoring: Set<TrackedFiles> = []
  }

  private let wanted: @Sendable (Substring) -> Bool
  /// Whether clones within the folder are searched too.
  private let entersClones: Bool
  /// How many bytes lead to the folder of the search.
  private let start: Int
  /// Whether the search is to end before it has looked everywhere.
  private let isEnded: @Sendable () -> Bool

  /// Whether `path` is a directory, or a link to one.
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
    isEnded: @escaping @Sendable () -> Bool = { false },
    wanted: @escaping @Sendable (_ path: Substring) -> Bool
  ) -> Found {
    let path = folder == "/" ? [] : folder.pathBytes
    let search = SpecSearch(
      wanted: wanted, entersClones: entersClones, start: path.count, isEnded: isEnded)
    var all = Level()
    all.folders = [Folder(path: path, ignores: IgnoreRules(above: folder))]
    // Depth by depth: the folders of one are shared by all processors.
    while !all.folders.isEmpty {
      let levels = all.folders.mapPortions(of: 32, search.look)
      all.folders = levels.flatMap(\.folders)
      for level in levels {
        all.files += level.files
        all.failures += level.failures
        all.ignoring.formUnion(level.ignoring)
      }
    }
    search.addTracked(&all)
    all.files.sort { Self.precedes($0.path, $1.path) }
    let files = all.files.mapPortions(of: 256) { $0.map { File($0, start: search.start) } }
    return Found(files: files.flatMap(\.self), failures: all.failures)
  }

  /// Adds the files that git tracks although they are ignored.
  private func addTracked(_ found: inout Level) {
    guard !found.ignoring.isEmpty else { return }
    var known = Set(found.files.map(\.path))
    for tree in found.ignoring {
      let folder = tree.folder == "/" ? [] : tree.folder.pathBytes
      let before = String(decoding: folder[start...], as: UTF8.self)
      let paths: [FilePath]
      do throws(Failure) {
        paths = try tree.paths { wanted((before + $0)[...]) }
      } catch {
        found.failures.append((tree.folder, error))
        continue
      }
      for path in paths {
        let bytes = folder + [UInt8(ascii: "/")] + path.pathBytes
        guard known.insert(bytes).inserted else { continue }
        let type = try? Stat(FilePath(bytes: bytes), followTargetSymlink: false).type
        found.files.append(Candidate(path: bytes, isRegular: type == .regular))
      }
    }
  }

  private func look(into folders: ArraySlice<Folder>) -> Level {
    var level = Level()
    for folder in folders where !isEnded() { look(into: folder, &level) }
    return level
  }

  private func look(into folder: Folder, _ level: inout Level) {
    let entries: Entries
    do throws(Errno) {
      entries = try Entries(of: folder.filePath)
    } catch {
      return level.failures.append((folder.filePath, Self.failure(folder.filePath, error)))
    }
    if !entersClones, folder.path.count > start, entries.hasRepository,
      WorkTreeFile.isRepositoryRoot(folder.filePath)
    {
      return
    }
    let ignores = rules(in: folder, entries)
    var path = folder.path + [UInt8(ascii: "/")]
    let length = path.count
    for entry in entries.all {
      path.removeSubrange(length...)
      path += entries.names[entry.name]
      let isFolder = entry.isFolder(path)
      guard isFolder || wanted(String(decoding: path[start...], as: UTF8.self)[...]) else {
        continue
      }
      if let ignores, ignores.ignore(path, isFolder: isFolder) {
        level.ignoring.insert(ignores.tracked)
      } else if isFolder {
        level.folders.append(Folder(path: path, ignores: ignores))
      } else {
        level.files.append(Candidate(path: path, isRegular: entry.type == UInt8(DT_REG)))
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

  /// The rules of the folder: its own clone's, or those around it with its `.gitignore`.
  private func rules(in folder: Folder, _ entries: Entries) -> IgnoreRules? {
    if entries.hasRepository, let own = IgnoreRules(above: folder.filePath) { return own }
    guard entries.hasIgnores else { return folder.ignores }
    return folder.ignores?.withRules(of: folder.filePath)
  }

  /// Whether a path comes before another in the order of their bytes.
  private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    let order = left.withUnsafeBytes { one in
      right.withUnsafeBytes { other -> Int32 in
        guard let one = one.baseAddress, let other = other.baseAddress else { return 0 }
        return memcmp(one, other, min(left.count, right.count))
      }
    }
    return order == 0 ? left.count < right.count : order < 0
  }
}

/// The entries of a folder without `.git`, with all names in one buffer.
private struct Entries {
  struct Entry {
    var name: Range<Int>
    var type: UInt8

    /// Whether it is a folder; `path` is asked where the file system does not tell.
    func isFolder(_ path: [UInt8]) -> Bool {
      if type != UInt8(DT_UNKNOWN) { return type == UInt8(DT_DIR) }
      var facts = stat()
      return FilePath(bytes: path).withPlatformString { lstat($0, &facts) } == 0
        && facts.st_mode & S_IFMT == S_IFDIR
    }
  }

  private(set) var names: [UInt8] = []
  private(set) var all: [Entry] = []
  /// Whether there is a `.git`.
  private(set) var hasRepository = false
  /// Whether there is a `.gitignore`.
  private(set) var hasIgnores = false

  init(of folder: FilePath) throws(Errno) {
    try folder.forEachEntry { name, type in
      add(name, type)
      return true
    }
  }

  private mutating func add(_ name: Slice<UnsafeRawBufferPointer>, _ type: UInt8) {
    if name.first == UInt8(ascii: ".") {
      if name.elementsEqual(".git".utf8) { return hasRepository = true }
      if name.elementsEqual(".gitignore".utf8) { hasIgnores = true }
    }
    all.append(Entry(name: names.count..<(names.count + name.count), type: type))
    names += name
  }
}
