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

/// Text in double quotes with backslashes, as git writes names with unusual bytes.
enum QuotedText {
  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10,
    UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
  ]

  /// Takes quoted text off the start; nil, with nothing taken, where it is malformed.
  static func taken(from text: inout ArraySlice<UInt8>) -> [UInt8]? {
    var rest = text.dropFirst()
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""):
        text = rest
        return bytes
      case UInt8(ascii: "\\"):
        guard let escaped = escaped(&rest) else { return nil }
        bytes.append(escaped)
      default: bytes.append(byte)
      }
    }
    return nil
  }

  /// A letter, or three octal digits.
  private static func escaped(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
    guard let first = rest.first else { return nil }
    if let byte = escapes[first] {
      rest.removeFirst()
      return byte
    }
    let digits = rest.prefix(3)
    guard digits.count == 3, digits.allSatisfy({ (48...55).contains($0) }) else { return nil }
    rest = rest.dropFirst(3)
    return UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
  }
}
