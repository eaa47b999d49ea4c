/// A replacement of a stretch of a text.
package struct SourceEdit: Sendable, Equatable {
  /// What goes, as offsets into the ``SourceText``; empty for an insertion.
  package var span: Range<Int>
  /// The text in its place.
  package var replacement: String

  /// Creates one from its parts.
  package init(_ span: Range<Int>, _ replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}
