internal import Glibc
internal import TinyforgeCore

/// Folders of objects that a folder of objects borrows from: its `info/alternates`, and theirs.
enum Alternates {
  /// As deep as git goes.
  private static let depth = 6

  /// Those of a folder by their real paths, each once, however often and in however many ways it is
  /// named, by itself too.
  static func of(_ objects: String) -> [String] {
    var level = named(in: objects)
    if level.isEmpty { return [] }
    var known = Set([realPath(of: objects)].compactMap(\.self))
    var found: [String] = []
    for _ in 0..<depth where !level.isEmpty {
      let new = level.filter { known.insert($0).inserted }
      found += new
      level = new.flatMap(named)
    }
    return found
  }

  private static func named(in objects: String) -> [String] {
    guard let text = text(of: "\(objects)/info/alternates") else { return [] }
    let lines = text.utf8.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    return lines.filter { $0.first != UInt8(ascii: "#") }.map { String(Substring($0)) }.compactMap {
      realPath(of: $0.startsWithBytes(of: "/") ? $0 : "\(objects)/\($0)")
    }
  }

  private static func realPath(of path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Nil where there is no such file, as nearly always; more than 64 KiB of it is nobody's list.
  private static func text(of path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
      count = max(0, read(file, buffer.baseAddress, buffer.count))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
