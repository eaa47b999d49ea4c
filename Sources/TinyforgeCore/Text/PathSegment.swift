/// The checks of a part of a path between two slashes.
package enum PathSegment {
  /// Whether a segment names something: it is not empty, and neither `.` nor `..`.
  package static func isName(_ segment: String) -> Bool {
    !segment.isEmpty && segment != "." && segment != ".."
  }

  /// Whether a segment opens git's own folder on a file system that folds case.
  package static func isGitFolder(_ segment: String) -> Bool { segment.lowercased() == ".git" }

  /// The segments of a path from the root of a repository, empty ones included.
  ///
  /// The path is split by its bytes: a combining mark after a slash would hide the slash.
  package static func all(in path: String) -> [String] {
    path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
  }

  /// The last segment of a path, without slashes that follow it; nil if there is none.
  static func last(of path: String) -> String? {
    let (bytes, slash) = (Array(path.utf8), UInt8(ascii: "/"))
    guard let end = bytes.lastIndex(where: { $0 != slash }) else { return nil }
    let start = bytes[..<end].lastIndex(of: slash).map { $0 + 1 } ?? 0
    return String(decoding: bytes[start...end], as: UTF8.self)
  }

  /// What is wrong with the segments of a path, in words after "the path"; nil when each is a name.
  static func fault(in segments: [String], quote: String) -> String? {
    if segments.contains("..") { return "leaves the repository with \(quote)..\(quote)" }
    if segments.contains(".") { return "holds a \(quote).\(quote) segment" }
    if segments.contains("") { return "holds an empty segment" }
    return nil
  }
}
