package import TinyforgeCore

/// GitLab's Code Quality report.
///
/// Source: GitLab's documentation, "Code Quality report format".
package enum CodeQuality {
  /// One issue of the report.
  package struct Issue {
    var description: String
    var check: String
    var fingerprint: String
    /// `info`, `minor`, `major`, `critical` or `blocker`.
    var severity: String
    var path: String
    /// From 1.
    var lines: ClosedRange<Int>

    /// Creates one from its parts.
    package init(
      description: String, check: String, fingerprint: String, severity: String, path: String,
      lines: ClosedRange<Int>
    ) {
      self.description = description
      self.check = check
      self.fingerprint = fingerprint
      self.severity = severity
      self.path = path
      self.lines = lines
    }
  }

  /// The report of these issues.
  package static func render(_ issues: [Issue]) -> String {
    pieces(issues.map(item)).joined()
  }

  /// The report of issues that are text already.
  static func pieces(_ items: [String]) -> [String] { JSONItem.list(items, in: ("[", "]\n"), 1) }

  /// An issue as an item of the report.
  static func item(_ issue: Issue) -> String {
    JSONItem.text(value(issue), level: 1)
  }

  private static func value(_ issue: Issue) -> JSONValue {
    [
      "description": .string(issue.description), "check_name": .string(issue.check),
      "fingerprint": .string(issue.fingerprint), "severity": .string(issue.severity),
      "location": [
        "path": .string(withoutDot(issue.path)),
        "lines": [
          "begin": .integer(issue.lines.lowerBound), "end": .integer(issue.lines.upperBound),
        ],
      ],
    ]
  }

  /// GitLab wants the path from the repository's root, without `./`.
  private static func withoutDot(_ path: String) -> String {
    path.startsWithBytes(of: "./") ? String(path.unicodeScalars.dropFirst(2)) : path
  }

  /// GitLab's word for a severity.
  package static func severity(_ severity: Severity) -> String {
    switch severity {
    case .error: "critical"
    case .warning: "minor"
    case .info: "info"
    }
  }
}
