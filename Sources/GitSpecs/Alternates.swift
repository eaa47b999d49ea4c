internal import Glibc
internal import SystemPackage
internal import TinyforgeCore

/// Folders of objects that a folder of objects borrows from: its `info/alternates`, and theirs.
enum Alternates {
  /// As deep as git goes.
  private static let depth = 6

  /// Those of a folder by their real paths, each once, however often and in however many ways it is
  /// named, by itself too.
  static func of(_ objects: FilePath) -> [FilePath] {
    var level = named(in: objects)
    if level.isEmpty { return [] }
    var known = Set([WorkTreeFile.realPath(of: objects)].compactMap(\.self))
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
    let lines = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    return lines.filter { $0.first != UInt8(ascii: "#") }.compactMap {
      WorkTreeFile.realPath(of: objects.pushing(FilePath(bytes: $0)))
    }
  }

  /// Nil where there is no such file, as nearly always; more than 64 KiB of it is nobody's list.
  private static func bytes(of path: FilePath) -> [UInt8]? {
    let file = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard file >= 0 else { return nil }
    defer { close(file) }
    return [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
      count = max(0, read(file, buffer.baseAddress, buffer.count))
    }
  }
}
