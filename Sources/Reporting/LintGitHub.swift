package import TinyforgeCore

/// Renders lint reports for GitHub's and Gitea's pipelines: annotations, and a summary in Markdown.
package enum LintGitHub {
  /// GitHub shows ten annotations of a level for a step, and drops the rest without a word.
  private static let limit = 10
  /// GitHub takes a summary of up to 1 MiB.
  private static let rowLimit = 500

  private struct Annotation {
    var severity: Severity
    var path: String
    var range: SourceRange?
    var title: String
    var message: String
  }

  /// Workflow commands, the worst findings first; those beyond the limit are counted at the end.
  package static func render(_ reports: [LintReport]) -> String {
    let annotations = annotations(reports)
    var output = ""
    var hidden = 0
    for severity in [Severity.error, .warning, .info] {
      let level = annotations.filter { $0.severity == severity }
      // The line that counts the rest is a notice too.
      let room = severity == .info && (hidden > 0 || level.count > limit) ? limit - 1 : limit
      output += level.prefix(room).map(line).joined()
      hidden += max(0, level.count - room)
    }
    guard hidden > 0 else { return output }
    let rest = "\(hidden) more finding\(hidden == 1 ? "" : "s") than are annotated here"
    return output + WorkflowCommand.line("notice", [("title", "lint-spec")], rest)
  }

  private static func annotations(_ reports: [LintReport]) -> [Annotation] {
    reports.flatMap { report in
      let text = SourceText(report.bytes ?? [])
      let failure = report.failure.map {
        Annotation(
          severity: .error, path: report.path, range: nil, title: "lint-spec",
          message: [$0.message, $0.remedy].compactMap(\.self).joined(separator: "\n"))
      }
      let findings = report.decoded.findings.map { finding in
        Annotation(
          severity: finding.severity, path: report.path, range: finding.span.map(text.range),
          title: "lint-spec: \(finding.code.id)",
          message: finding.told(in: report, separator: "\n"))
      }
      return [failure].compactMap(\.self) + findings
    }
  }

  private static func line(_ annotation: Annotation) -> String {
    var properties = [("file", withoutDot(annotation.path))]
    if let range = annotation.range {
      properties.append(("line", String(range.start.line)))
      properties.append(("endLine", String(range.end.line)))
      // Columns over several lines are refused.
      if range.start.line == range.end.line {
        properties.append(("col", String(range.start.column)))
        properties.append(("endColumn", String(range.end.column)))
      }
    }
    properties.append(("title", annotation.title))
    return WorkflowCommand.line(
      command(annotation.severity), properties.map { (name: $0.0, value: $0.1) }, annotation.message
    )
  }

  private static func command(_ severity: Severity) -> String {
    severity == .info ? "notice" : severity.rawValue
  }

  /// GitHub finds a file only by its plain path from the repository's root.
  private static func withoutDot(_ path: String) -> String {
    path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }

  /// The findings as a table in Markdown, for `GITHUB_STEP_SUMMARY`; empty where nothing was found.
  package static func summary(_ reports: [LintReport]) -> String {
    let annotations = annotations(reports)
    guard !annotations.isEmpty else { return "" }
    let rows = annotations.sorted { $0.severity > $1.severity }.prefix(rowLimit).map(row)
    let rest = annotations.count - rows.count
    return "### lint-spec: \(LintText.count(annotations.count, "finding")) in "
      + "\(LintText.count(reports.count, "file"))\n\n"
      + "| severity | place | finding |\n|---|---|---|\n" + rows.joined()
      + (rest > 0 ? "\n\(rest) more are left out here.\n" : "") + "\n"
  }

  private static func row(_ annotation: Annotation) -> String {
    let start = annotation.range?.start
    let place = annotation.path + (start.map { ":\($0.line):\($0.column)" } ?? "")
    let words = annotation.message.split(separator: "\n").map { MarkdownText.prose(String($0)) }
    return "| \(annotation.severity.rawValue) | \(MarkdownText.code(place)) | "
      + words.joined(separator: "<br>") + " \(MarkdownText.code(annotation.title)) |\n"
  }
}

extension Finding {
  /// The message with what to do, and with the pushed references where there are any.
  func told(in report: LintReport, separator: String) -> String {
    let reference = report.references.first.map { first in
      let others = report.references.count - 1
      return "in \(first.shownSafely)" + (others > 0 ? " and \(others) more" : "")
    }
    return [message, reference, help].compactMap(\.self).joined(separator: separator)
  }
}
