internal import Glibc
internal import SystemPackage

/// The patterns of one ignore file, read as git's `dir.c` reads them.
struct IgnorePatterns: Sendable {
  private let patterns: [IgnorePattern]
  /// How many bytes of a path lead to the file's folder, with a slash at the end.
  private let baseLength: Int

  /// What a larger file holds is not read: git's own limit is 100 MiB, and no list is so long.
  private static let sizeLimit = 16 << 20

  init(_ text: [UInt8], baseLength: Int, foldsCase: Bool) {
    self.baseLength = baseLength
    var text = text[...]
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    patterns = text.split(separator: UInt8(ascii: "\n")).compactMap {
      IgnorePattern($0, foldsCase: foldsCase)
    }
  }

  /// The patterns of a file; nil where there is none that this user may read.
  ///
  /// Git does not follow a link that is called `.gitignore`.
  init?(file: FilePath, followsLinks: Bool = true, baseLength: Int = 0, foldsCase: Bool) {
    var options: FileDescriptor.OpenOptions = [.closeOnExec, .nonBlocking]
    if !followsLinks { options.insert(.noFollow) }
    guard
      let descriptor = try? FileDescriptor.open(file, .readOnly, options: options)
    else { return nil }
    defer { try? descriptor.close() }
    guard let facts = try? Stat(descriptor), facts.type == .regular,
      facts.size <= Self.sizeLimit,
      let text = try? WorkTreeFile.contents(descriptor, size: Int(facts.size))
    else { return nil }
    self.init(text, baseLength: baseLength, foldsCase: foldsCase)
  }

  /// Whether a path from the root of the work tree on is ignored; nil where no pattern matches it.
  func verdict(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool? {
    let below = path.dropFirst(baseLength)
    let name = below.lastIndex(of: UInt8(ascii: "/")).map { below[($0 + 1)...] } ?? below
    // Of several the last decides.
    return patterns.last { $0.matches(below, name: name, isFolder: isFolder) }.map {
      !$0.isNegative
    }
  }
}

/// One line of an ignore file.
private struct IgnorePattern: Sendable {
  /// Whether it takes back what earlier ones ignore.
  let isNegative: Bool
  private let isForFolders: Bool
  private let kind: Kind
  private let foldsCase: Bool

  private enum Kind: Sendable {
    /// A name in any folder.
    case name([UInt8])
    /// The end of a name in any folder: `*.o`.
    case ending([UInt8])
    case namePattern(Wildmatch)
    /// A path: what it starts with as it is, and a pattern for the rest, which is nil for nothing.
    case path(start: [UInt8], rest: Wildmatch?)
  }

  /// Nil for a comment and an empty line.
  init?(_ line: ArraySlice<UInt8>, foldsCase: Bool) {
    if line.first == UInt8(ascii: "#") { return nil }
    // Git's lines are strings of C.
    var text = line.prefix { $0 != 0 }
    if text.count == line.count, text.last == 13 { text.removeLast() }
    text = Self.withoutSpacesAtEnd(text)
    isNegative = text.first == UInt8(ascii: "!")
    if isNegative { text = text.dropFirst() }
    isForFolders = text.last == UInt8(ascii: "/")
    if isForFolders { text = text.dropLast() }
    self.foldsCase = foldsCase
    kind =
      text.contains(UInt8(ascii: "/"))
      ? Self.path(text, foldsCase) : Self.name(text, foldsCase)
  }

  private static func name(_ text: ArraySlice<UInt8>, _ foldsCase: Bool) -> Kind {
    if text.allSatisfy(isPlain) { return .name(Array(text)) }
    if text.first == UInt8(ascii: "*"), text.dropFirst().allSatisfy(isPlain) {
      return .ending(Array(text.dropFirst()))
    }
    return .namePattern(Wildmatch(text, isPath: false, foldsCase: foldsCase))
  }

  private static func path(_ text: ArraySlice<UInt8>, _ foldsCase: Bool) -> Kind {
    let text = text.first == UInt8(ascii: "/") ? text.dropFirst() : text
    let start = text.prefix(while: isPlain)
    // As in git, the rest is a pattern of its own: `**` is at its start even after `a`.
    let rest = text[start.endIndex...]
    return .path(
      start: Array(start),
      rest: rest.isEmpty ? nil : Wildmatch(rest, isPath: true, foldsCase: foldsCase))
  }

  func matches(_ path: ArraySlice<UInt8>, name: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    if isForFolders, !isFolder { return false }
    switch kind {
    case .name(let wanted): return isSame(name, wanted[...])
    case .ending(let wanted): return isSame(name.suffix(wanted.count), wanted[...])
    case .namePattern(let pattern): return pattern.matches(name)
    case .path(let start, let rest):
      guard isSame(path.prefix(start.count), start[...]) else { return false }
      let below = path.dropFirst(start.count)
      return rest.map { $0.matches(below) } ?? below.isEmpty
    }
  }

  private func isSame(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    return foldsCase
      ? left.lazy.map(lower).elementsEqual(right.lazy.map(lower)) : left.elementsEqual(right)
  }

  private static func isPlain(_ byte: UInt8) -> Bool { !"*?[\\".utf8.contains(byte) }

  /// Leaves spaces at the end out, but not one after a backslash.
  private static func withoutSpacesAtEnd(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end: Int?
    var at = text.startIndex
    while at < text.endIndex {
      if text[at] == UInt8(ascii: " ") {
        if end == nil { end = at }
      } else {
        end = nil
        if text[at] == UInt8(ascii: "\\") {
          at += 1
          if at == text.endIndex { return text }
        }
      }
      at += 1
    }
    return end.map { text[..<$0] } ?? text
  }
}
