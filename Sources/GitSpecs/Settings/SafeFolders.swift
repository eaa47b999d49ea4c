internal import SystemPackage
internal import TinyforgeCore

/// The folders that `safe.directory` names.
struct SafeFolders {
  private var isAnySafe = false
  /// Real paths.
  private var folders: Set<FilePath> = []
  /// Those below which everything is safe.
  private var parents: [FilePath] = []

  /// Those of this run's settings, which are read once.
  static func ofThisRun() throws(Failure) -> SafeFolders { try known.get() }

  private static let known = Result { () throws(Failure) in
    let settings = GitSettings()
    return SafeFolders(
      try settings.protected(named: "safe.directory"), SettingPaths(variable: settings.variable))
  }

  /// Takes the values in git's order, of which an empty one takes those before it back.
  init(_ values: [String], _ paths: SettingPaths) {
    for value in values {
      if value.isEmpty { self = SafeFolders() }
      add(value, paths)
    }
  }

  private init() {}

  private mutating func add(_ value: String, _ paths: SettingPaths) {
    if value.hasSameBytes(as: "*") { isAnySafe = true }
    guard let path = paths.expanded(value) else { return }
    if path.utf8.suffix(2).elementsEqual("/*".utf8), path.utf8.first == UInt8(ascii: "/") {
      let parent = FilePath(String(Substring(path.utf8.dropLast())))
      if let real = WorkTreeFile.realPath(of: parent) { parents.append(real) }
    } else if path.utf8.first == UInt8(ascii: "/") || path.hasSameBytes(as: ".") {
      if let real = WorkTreeFile.realPath(of: FilePath(path)) { folders.insert(real) }
    }
  }

  /// Whether a real path is safe.
  func contains(_ path: FilePath) -> Bool {
    isAnySafe || folders.contains(path)
      || parents.contains { path.starts(with: $0) && path != $0 }
  }
}
