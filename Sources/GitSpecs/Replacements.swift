internal import CGit2
internal import Files
internal import SystemPackage
internal import TinyforgeCore

/// The objects that are read in the place of others, as `git replace` sets them: references named after the one, which
/// lead to the other.
enum Replacements {
  /// The replacements of a repository: pairs of an id and its replacement, sorted by the first; empty where the environment
  /// or the settings turn replacements off.
  static func of(_ references: References, _ place: RepositoryPlace) throws(Failure) -> [git_oid] {
    let git = GitSettings()
    if git.variable("GIT_NO_REPLACE_OBJECTS") != nil { return [] }
    let start = git.variable("GIT_REPLACE_REF_BASE") ?? "refs/replace/"
    let names = try references.names(after: start)
    if names.isEmpty { return [] }
    let settings = try git.settings(in: place)
    guard settings.last(named: "core.usereplacerefs")?.isTrue ?? true else { return [] }
    var pairs: [(git_oid, git_oid)] = []
    for name in names {
      var id = git_oid()
      guard name.utf8.count == Int(GIT_OID_HEXSZ), git_oid_fromstr(&id, name) == 0,
        let other = try references.target(of: start + name)
      else { continue }
      pairs.append((id, other))
    }
    return pairs.sorted { precedes($0.0, $1.0) }.flatMap { [$0.0, $0.1] }
  }

  private static func precedes(_ left: git_oid, _ right: git_oid) -> Bool {
    withUnsafeBytes(of: left.id) { left in
      withUnsafeBytes(of: right.id) { left.lexicographicallyPrecedes($0) }
    }
  }
}

extension References {
  /// What follows `start` in the names of references; those with a further slash are left out.
  func names(after start: String) throws(Failure) -> Set<String> {
    let slash = start.utf8.lastIndex(of: UInt8(ascii: "/")).map(start.utf8.index(after:))
    let (folder, begin) = (
      start[..<(slash ?? start.startIndex)], start[(slash ?? start.startIndex)...]
    )
    let files = Self.files(in: commonFolder.pushing(FilePath(String(folder))))
    let packed = try packedNames(after: start)
    // As nearly always.
    if files.isEmpty, packed.isEmpty { return [] }
    var names = Set(packed)
    for file in files where file.startsWithBytes(of: String(begin)) {
      names.insert(String(Substring(file.utf8.dropFirst(begin.utf8.count))))
    }
    return names.filter { !$0.utf8.contains(UInt8(ascii: "/")) }
  }

  /// The names of what is in a folder; none of one that cannot be read.
  static func files(in folder: FilePath) -> [String] {
    folder.entryNames { String(decoding: $0, as: UTF8.self) }
  }
}
