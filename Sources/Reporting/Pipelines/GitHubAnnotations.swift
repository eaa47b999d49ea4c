import TinyforgeCore

/// An annotation in GitHub's or Gitea's pipelines.
struct GitHubAnnotation {
  var severity: Severity
  /// The path from the repository's root; nil for what is in no file of it.
  var path: String?
  var range: SourceRange?
  var title: String
  var message: String

  /// The workflow command that makes it.
  fileprivate var line: String {
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

/// The annotations of a step.
enum GitHubAnnotations {
  /// GitHub shows ten annotations of a level for a step, and drops the rest without a word.
  private static let limit = 10

  /// Workflow commands, the worst first; those beyond the limit are counted at the end, where
  /// `rest` says how many there are.
  static func render(_ annotations: [GitHubAnnotation], tool: String, rest: (Int) -> String)
    -> String
  {
    var output = ""
    var hidden = 0
    for severity in [Severity.error, .warning, .info] {
      let level = annotations.filter { $0.severity == severity }
      // The line that counts the rest is a notice too.
      let room = severity == .info && (hidden > 0 || level.count > limit) ? limit - 1 : limit
      output += level.prefix(room).map(\.line).joined()
      hidden += max(0, level.count - room)
    }
    guard hidden > 0 else { return output }
    return output + WorkflowCommand.line("notice", [("title", tool)], rest(hidden))
  }
}
