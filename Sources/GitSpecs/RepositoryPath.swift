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
    if let fault = PathPattern.fault(text) {
      throw Failure(
        .usage, "the path '\(text.shownSafely)' \(fault)",
        remedy: "give the path from the root of the repository, such as deploy/.tinyforge.yml")
    }
  }
}
