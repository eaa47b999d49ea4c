/// Why the server's decoder refuses a text.
package struct YAMLError: Error, Sendable, Hashable {
  /// The stage that refuses.
  package enum Kind: Sendable {
    /// The bytes are not text in their encoding, or hold a character that YAML forbids.
    case reader
    /// The characters form no tokens.
    case scanner
    /// The tokens form no document.
    case parser
    /// The nodes form no graph, or a scalar's text does not fit its tag.
    case composer
  }

  /// What is wrong.
  package var kind: Kind
  /// What is wrong: lower case, no full stop.
  package var problem: Problem
  /// During what, such as "in a quoted scalar".
  package var context: String?
  /// Where the problem was noticed.
  package var mark: YAMLMark?
  /// Where the construct starts that `context` names.
  package var contextMark: YAMLMark?
  /// Errors of the reader only: the offset in the input's bytes.
  package var byteOffset: Int?

  /// Creates one from its parts.
  package init(
    _ kind: Kind, _ problem: Problem, at mark: YAMLMark? = nil, context: String? = nil,
    from contextMark: YAMLMark? = nil, byteOffset: Int? = nil
  ) {
    self.kind = kind
    self.problem = problem
    self.context = context
    self.mark = mark
    self.contextMark = contextMark
    self.byteOffset = byteOffset
  }
}
