internal import Glibc

/// Folders of objects that a folder of objects borrows from: its `info/alternates`, and theirs.
enum Alternates {
  /// As deep as libgit2 goes itself.
  private static let depth = 5

  /// Those of a folder, absolute or below it, in the order in which they are named.
  static func of(_ objects: String, depth: Int = depth) -> [String] {
    guard depth > 0, let text = text(of: "\(objects)/info/alternates") else { return [] }
    return text.split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }.flatMap { line -> [String] in
      if line.hasPrefix("#") { return [] }
      let folder = line.hasPrefix("/") ? String(line) : "\(objects)/\(line)"
      return [folder] + of(folder, depth: depth - 1)
    }
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
