/// A place in a text; lines and columns count from 1, columns in Unicode scalars.
package struct SourcePosition: Sendable, Equatable {
  /// The offset in bytes.
  package var offset: Int
  /// The line, from 1.
  package var line: Int
  /// The column in Unicode scalars, from 1.
  package var column: Int

  /// Creates one from its parts.
  package init(offset: Int, line: Int, column: Int) {
    self.offset = offset
    self.line = line
    self.column = column
  }
}
