/// A row for the event log.
package struct AuditEvent: Sendable {
  /// The columns that hold it.
  enum Column: String, CaseIterable { case message, source, severity, metadata }

  /// What wrote the row: `gitops`.
  package var source: String
  /// The row's severity: `info`.
  package var severity: String
  /// What was done, in a sentence.
  package var message: String
  /// JSON text.
  package var metadata: String

  /// Creates one from its parts.
  package init(source: String, severity: String, message: String, metadata: String) {
    self.source = source
    self.severity = severity
    self.message = message
    self.metadata = metadata
  }

  subscript(column: Column) -> String {
    switch column {
    case .message: message
    case .source: source
    case .severity: severity
    case .metadata: metadata
    }
  }
}
