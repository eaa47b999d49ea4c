package import TinyforgeCore

/// An annotation in GitHub's or Gitea's pipelines.
package struct GitHubAnnotation: Sendable {
  var severity: Severity
  /// The path from the repository's root; nil for what is in no file of it.
  var path: String?
  var range: SourceRange?
  var title: String
  var message: String

  /// Creates one from its parts.
  package init(
    severity: Severity, path: String?, range: SourceRange?, title: String, message: String
  ) {
    self.severity = severity
    self.path = path
    self.range = range
    self.title = title
    self.message = message
  }

  /// The workflow command that makes it.
  var line: String {
    var properties: [(name: String, value: String)] = []
    if let path { properties.append(("file", Self.withoutDot(path))) }
    if path != nil, let range {
      properties.append(("line", String(range.start.line)))
      properties.append(("endLine", String(range.end.line)))
      // Columns over several lines are refused.
      if range.start.line == range.end.line {
        properties.append(("col", String(range.start.column)))
        properties.append(("endColumn", String(range.end.column)))
      }
    }
    properties.append(("title", title))
    return WorkflowCommand.line(
      severity == .info ? "notice" : severity.rawValue, properties, message)
  }

  /// GitHub finds a file only by its plain path from the repository's root.
  private static func withoutDot(_ path: String) -> String {
    path.startsWithBytes(of: "./") ? String(path.unicodeScalars.dropFirst(2)) : path
  }
}
