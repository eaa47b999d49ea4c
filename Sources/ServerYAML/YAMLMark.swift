/// A place in the decoded text, as the server's decoder counts it.
package struct YAMLMark: Sendable, Hashable {
  /// Unicode scalars from the start of the text; a leading byte order mark is not part of it.
  package var index: Int
  /// Lines from zero; a line ends with CR, LF, CR LF, NEL, LS or PS.
  package var line: Int
  /// Unicode scalars from the start of the line.
  package var column: Int

  /// Creates one from its parts.
  package init(index: Int = 0, line: Int = 0, column: Int = 0) {
    self.index = index
    self.line = line
    self.column = column
  }
}
