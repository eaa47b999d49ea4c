/// A stretch of a text; the end is after the last scalar.
package struct SourceRange: Sendable, Equatable {
  /// Where it starts.
  package var start: SourcePosition
  /// Where it ends.
  package var end: SourcePosition

  /// Creates one from its parts.
  package init(start: SourcePosition, end: SourcePosition) {
    self.start = start
    self.end = end
  }
}
