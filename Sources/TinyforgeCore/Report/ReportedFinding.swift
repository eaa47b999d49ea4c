/// A finding with its line and column, which needs no text to be shown.
package struct ReportedFinding: Sendable, Equatable {
  /// The finding's code, such as `octal-number`.
  package var code: String
  /// How severe it is here.
  package var severity: Severity
  /// What is wrong, in a sentence.
  package var message: String
  /// How to fix it; nil where there is no advice.
  package var help: String?
  /// Whether `--fix` would fix it.
  package var isFixable: Bool
  /// The place in the spec: line and column of the start and of the end, from 1.
  package var line: Int
  /// The column of the start, from 1.
  package var column: Int
  /// The line of the end.
  package var endLine: Int
  /// The column after the end.
  package var endColumn: Int
  /// Whether it is about the file as a whole: its place is then the file's beginning.
  package var isOnWholeFile = false
  /// Other places that belong to it.
  package var related: [Related]

  /// Another place that belongs to it.
  package struct Related: Sendable, Equatable {
    /// What is wrong, in a sentence.
    package var message: String
    /// The place in the spec: line and column of the start and of the end, from 1.
    package var line: Int
    /// The column of the start, from 1.
    package var column: Int
    /// The line of the end.
    package var endLine: Int
    /// The column after the end.
    package var endColumn: Int

    /// Creates one from its parts; the end is the start where it is not known.
    package init(
      message: String, line: Int, column: Int, endLine: Int? = nil, endColumn: Int? = nil
    ) {
      self.message = message
      self.line = line
      self.column = column
      self.endLine = endLine ?? line
      self.endColumn = endColumn ?? column
    }
  }

  /// Creates one from its parts.
  package init(
    code: String, severity: Severity, message: String, help: String? = nil,
    isFixable: Bool = false, line: Int, column: Int, endLine: Int, endColumn: Int,
    related: [Related] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.help = help
    self.isFixable = isFixable
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
    self.related = related
  }
}
