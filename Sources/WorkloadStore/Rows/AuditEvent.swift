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

extension AuditEvent {
  /// What a plain id looks like in metadata: quoted, and a number in either way; nil for one that may be
  /// escaped.
  static func plainText(of id: String) -> String? {
    var isNumber = true
    for byte in id.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"):
        isNumber = false
      default: return nil
      }
    }
    return isNumber ? id : "\"\(id)\""
  }
}
