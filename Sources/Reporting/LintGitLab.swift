package import TinyforgeCore

/// Renders lint reports as GitLab's Code Quality report.
///
/// Source: GitLab's documentation, "Code Quality report format".
package enum LintGitLab {
  package static func render(_ reports: [LintReport]) -> String {
    let issues = reports.flatMap { report in
      var fingerprint = FindingFingerprint()
      let text = SourceText(report.bytes ?? [])
      return failure(report) + report.decoded.findings.map { issue($0, report, text, &fingerprint) }
    }
    return JSONWriter.indented(.array(issues)) + "\n"
  }

  private static func issue(
    _ finding: Finding, _ report: LintReport, _ text: SourceText,
    _ fingerprint: inout FindingFingerprint
  ) -> JSONValue {
    let range = text.range(of: finding.span ?? 0..<0)
    return [
      "description": .string(finding.told(in: report, separator: "; ")),
      "check_name": .string(finding.code.id),
      "fingerprint": .string(fingerprint.next(finding, path: report.path, text: text)),
      "severity": .string(severity(finding.severity)),
      "location": [
        "path": .string(path(report)),
        "lines": ["begin": .integer(range.start.line), "end": .integer(range.end.line)],
      ],
    ]
  }

  /// A file that could not be looked at; its name is all that stays the same.
  private static func failure(_ report: LintReport) -> [JSONValue] {
    guard let failure = report.failure else { return [] }
    var fingerprint = FindingFingerprint()
    let finding = Finding(.notAFile, failure.message, at: nil)
    return [
      [
        "description": .string(failure.message), "check_name": "unreadable",
        "fingerprint": .string(
          fingerprint.next(finding, path: "\(report.path)\0unreadable", text: SourceText([]))),
        "severity": "blocker",
        "location": ["path": .string(path(report)), "lines": ["begin": .integer(1)]],
      ]
    ]
  }

  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .error: "critical"
    case .warning: "minor"
    case .info: "info"
    }
  }

  /// GitLab wants the path from the repository's root, without `./`.
  private static func path(_ report: LintReport) -> String {
    report.path.hasPrefix("./") ? String(report.path.dropFirst(2)) : report.path
  }
}
