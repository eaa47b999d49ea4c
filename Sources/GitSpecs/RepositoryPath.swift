internal import TinyforgeCore

/// A path within a repository, in the form that git itself stores.
struct RepositoryPath {
  let text: String
  let segments: [String]

  /// Takes a relative path of plain segments; anything else is a mistake of the caller's.
  init(_ text: String) throws(Failure) {
    self.text = text
    segments = PathSegment.all(in: text)
    if let fault = PathPattern.fault(text, segments) {
      throw Failure(
        .usage, "the path '\(text.shownSafely)' \(fault)",
        remedy: "give the path from the root of the repository, such as deploy/.tinyforge.yml")
    }
  }
}
