import ServerYAML

/// A comment in the first document.
struct Comment: Equatable {
  /// From `#` to the end of its line, as offsets into the ``SourceText``.
  var span: Range<Int>
  /// Whether nothing but white space precedes it on its line.
  var isAlone: Bool

  /// All comments of the document, in the order of the text.
  static func all(in document: YAMLDocument, _ text: SourceText) -> [Comment] {
    let scalars = text.scalars
    guard scalars.contains("#") else { return [] }
    var comments: [Comment] = []
    var values = document.scalarSpans(in: text)[...]
    var index = 0
    while let hash = scalars[index...].firstIndex(of: "#"), hash < document.end.index {
      values = values.drop { $0.upperBound <= hash }
      if let value = values.first, value.contains(hash) {
        index = value.upperBound
        continue
      }
      let end = scalars[hash...].firstIndex { $0 == "\n" || $0 == "\r" } ?? scalars.count
      let before = scalars[..<hash].reversed().prefix { $0 != "\n" && $0 != "\r" }
      comments.append(
        Comment(span: hash..<end, isAlone: before.allSatisfy { $0 == " " || $0 == "\t" }))
      index = end
    }
    return comments
  }
}

extension YAMLDocument {
  /// The text in which `#` starts no comment: scalars, without a block scalar's first line.
  fileprivate func scalarSpans(in text: SourceText) -> [Range<Int>] {
    nodes.compactMap { node in
      guard node.kind == .scalar else { return nil }
      let span = node.span.clamped(to: 0..<text.scalars.count)
      guard node.style == .literal || node.style == .folded else { return span }
      let start = text.scalars[span].firstIndex { $0 == "\n" || $0 == "\r" } ?? span.upperBound
      return start..<span.upperBound
    }
  }
}
