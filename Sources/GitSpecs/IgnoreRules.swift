internal import SystemPackage
internal import TinyforgeCore

/// Which paths of a work tree git ignores.
///
/// Git's rules are read here: libgit2's matching takes exponential time on a pattern with several `**`.
struct IgnoreRules: Sendable {
  /// In git's order: of several files that match, the last decides.
  private var files: [IgnorePatterns]
  private let foldsCase: Bool
  /// How many bytes of a path lead to the folder that the search began in.
  private let entryLength: Int
  /// The path of that folder from the root of the work tree on, with a slash at the end unless it is the root.
  private let start: [UInt8]
  /// What git tracks of the work tree, whatever the rules say.
  let tracked: TrackedFiles
  /// Whether that folder is ignored, or one above it.
  private var isWholly = false

  /// The rules of the work tree that holds `folder`; nil where there is none.
  init?(above folder: FilePath) {
    guard let root = WorkTreeFile.repositoryRoot(above: folder),
      let below = WorkTreeFile.pathFromRoot(ofFolder: folder)
    else { return nil }
    entryLength = folder.length
    start = below.isEmpty ? [] : below.pathBytes + [UInt8(ascii: "/")]
    tracked = TrackedFiles(folder: folder, root: root, start: start)
    let settings = WorkTreeSettings.ofTrusted(root) { (place, _) throws(Failure) in
      try GitSettings().settings(in: place)
    }
    foldsCase = settings.isTrue("core.ignorecase")
    files = Self.commonFiles(root, settings, foldsCase)
    readFolders(root)
  }

  /// The user's own file, and the repository's.
  private static func commonFiles(_ root: FilePath, _ settings: [GitSetting], _ foldsCase: Bool)
    -> [IgnorePatterns]
  {
    let own = WorkTreeSettings.file("core.excludesfile", usually: "ignore", settings, root)
    let place = RepositoryPlace(at: root)
    return [own, place?.commonFolder.appending("info/exclude")].compactMap { file in
      file.flatMap { IgnorePatterns(file: $0, foldsCase: foldsCase) }
    }
  }

  /// Reads the files from the root down to the start, as long as nothing on the way is ignored.
  private mutating func readFolders(_ root: FilePath) {
    add(root, baseLength: 0)
    var end = start.startIndex
    while let slash = start[end...].firstIndex(of: UInt8(ascii: "/")) {
      if verdict(start[..<slash], isFolder: true) {
        isWholly = true
        return
      }
      end = slash + 1
      add(root.pushing(FilePath(bytes: start[..<slash])), baseLength: end)
    }
  }

  /// Adds the file of a folder.
  private mutating func add(_ folder: FilePath, baseLength: Int) {
    let patterns = IgnorePatterns(
      file: folder.appending(".gitignore"), followsLinks: false, baseLength: baseLength,
      foldsCase: foldsCase)
    if let patterns { files.append(patterns) }
  }

  /// The same below a folder with a `.gitignore` of its own.
  func withRules(of folder: FilePath) -> IgnoreRules {
    var rules = self
    let below = path(folder.pathBytes)
    rules.add(folder, baseLength: below.isEmpty ? 0 : below.count + 1)
    return rules
  }

  /// Whether a path that the search found is ignored; the folders above it are not.
  func ignore(_ path: [UInt8], isFolder: Bool) -> Bool {
    if isWholly { return true }
    return files.isEmpty ? false : verdict(self.path(path), isFolder: isFolder)
  }

  private func verdict(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    for file in files.reversed() {
      if let verdict = file.verdict(path, isFolder: isFolder) { return verdict }
    }
    return false
  }

  /// The path from the root of the work tree on.
  private func path(_ whole: [UInt8]) -> ArraySlice<UInt8> {
    let below = whole.dropFirst(entryLength).drop { $0 == UInt8(ascii: "/") }
    if below.isEmpty { return start.dropLast() }
    return start.isEmpty ? below : start[...] + below
  }
}
