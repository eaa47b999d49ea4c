internal import Files
internal import SystemPackage
internal import TinyforgeCore

/// Folders of objects that folders of objects borrow from: their `info/alternates`, and those of these.
enum Alternates {
  /// As deep as git goes.
  private static let depth = 6

  /// Those of some folders by their real paths, each once, however often and in however many ways it is
  /// named, by one of them too.
  static func of(_ folders: [FilePath]) -> [FilePath] {
    var level = folders.flatMap(named)
    if level.isEmpty { return [] }
    var known = Set(folders.compactMap { WorkTreeFile.realPath(of: $0) })
    var found: [FilePath] = []
    for _ in 0..<depth where !level.isEmpty {
      let new = level.filter { known.insert($0).inserted }
      found += new
      level = new.flatMap(named)
    }
    return found
  }

  private static func named(in objects: FilePath) -> [FilePath] {
    guard let bytes = bytes(of: objects.appending("info/alternates")) else { return [] }
    // Relative to the folder's real path, whatever links lead to it.
    return paths(in: bytes, separator: UInt8(ascii: "\n")).compactMap {
      WorkTreeFile.realPath(of: objects.pushing($0))
    }
  }

  /// The paths of a list, as git's `parse_alt_odb_entry` takes them: comments and quoted ones among them.
  static func paths(in list: [UInt8], separator: UInt8) -> [FilePath] {
    var rest = list[...]
    var paths: [FilePath] = []
    while let first = rest.first {
      let plain = rest.prefix { $0 != separator }
      if first == UInt8(ascii: "\""), let quoted = QuotedText.taken(from: &rest) {
        paths.append(FilePath(bytes: quoted))
      } else {
        rest = rest.dropFirst(plain.count)
        if first != UInt8(ascii: "#") { paths.append(FilePath(bytes: plain)) }
      }
      // Whatever byte follows a path, git takes it for the separator.
      rest = rest.dropFirst()
    }
    return paths.filter { !$0.isEmpty }
  }

  /// Nil where there is no such file, as nearly always; only its first 64 KiB are read.
  private static func bytes(of path: FilePath) -> [UInt8]? {
    path.beginning(upTo: 65_536)
  }
}
