internal import TinyforgeCore

/// A path within a repository, in the form that git itself stores.
struct RepositoryPath {
  let text: String
  let segments: [String]

  /// Takes a relative path of plain segments; anything else is a mistake of the caller's.
  init(_ text: String) throws(Failure) {
    self.text = text
    // Bytes, not characters: a combining mark after a slash would hide it.
    segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    if let fault = Self.fault(text, segments) {
      throw Failure(
        .usage, "the path '\(oneLine(text))' \(fault)",
        remedy: "give the path from the root of the repository, such as deploy/.tinyforge.yml")
    }
  }

  private static func fault(_ text: String, _ segments: [String]) -> String? {
    if text.isEmpty { return "is empty" }
    if text.utf8.contains(0) { return "holds a NUL character" }
    if text.utf8.first == UInt8(ascii: "/") { return "is absolute" }
    if segments.contains("..") { return "leaves the repository with '..'" }
    if segments.contains(".") { return "holds a '.' segment" }
    if segments.contains("") { return "holds an empty segment" }
    return nil
  }
}
