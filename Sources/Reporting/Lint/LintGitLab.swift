package import TinyforgeCore

/// Renders lint reports as GitLab's Code Quality report.
package struct LintGitLab: LintForm {
  /// Creates one.
  package init() {}

  /// The issues of some files.
  package func part(_ reports: [LintReport]) -> [String] {
    reports.flatMap { report in
      var fingerprint = FindingFingerprint()
      return
        (Self.failure(report)
        + report.decoded.findings.map { Self.issue($0, report, &fingerprint) })
        .map(CodeQuality.item)
    }
  }

  /// The list of all issues.
  package func pieces(_ parts: [[String]], _ summary: LintSummary, isInterrupted: Bool) -> [String]
  {
    CodeQuality.pieces(parts.flatMap(\.self))
  }

  private static func issue(
    _ finding: Finding, _ report: LintReport, _ fingerprint: inout FindingFingerprint
  ) -> CodeQuality.Issue {
    let range = report.text.range(of: finding.span ?? 0..<0)
    return CodeQuality.Issue(
      description: finding.text(in: report, separator: "; "), check: finding.code.id,
      fingerprint: fingerprint.next(finding, path: report.path, text: report.text),
      severity: CodeQuality.severity(finding.severity), path: report.path,
      lines: range.start.line...max(range.start.line, range.end.line))
  }

  /// A file that could not be read; its name is all that stays the same.
  private static func failure(_ report: LintReport) -> [CodeQuality.Issue] {
    guard let failure = report.failure else { return [] }
    var fingerprint = FindingFingerprint()
    let finding = Finding(.notAFile, failure.message, at: nil)
    return [
      CodeQuality.Issue(
        description: failure.message, check: "unreadable",
        fingerprint: fingerprint.next(
          finding, path: "\(report.path)\0unreadable", text: .empty),
        severity: "blocker", path: report.path, lines: 1...1)
    ]
  }
}
