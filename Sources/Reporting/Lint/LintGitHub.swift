package import TinyforgeCore

/// Renders lint reports for GitHub's and Gitea's pipelines: annotations, and a summary in Markdown.
package enum LintGitHub {
  /// GitHub takes a summary of up to 1 MiB.
  private static let rowLimit = 500

  /// Workflow commands, the worst findings first; those beyond the limit are counted at the end.
  package static func render(_ reports: [LintReport]) -> String {
    GitHubAnnotations.render(annotations(reports), tool: "lint-spec") {
      "\($0) more finding\($0 == 1 ? "" : "s") than are annotated here"
    }
  }

  private static func annotations(_ reports: [LintReport]) -> [GitHubAnnotation] {
    reports.flatMap { report in
      let text = SourceText(report.bytes ?? [])
      let failure = report.failure.map {
        GitHubAnnotation(
          severity: .error, path: report.path, range: nil, title: "lint-spec",
          message: [$0.message, $0.remedy?.text].compactMap(\.self).joined(separator: "\n"))
      }
      let findings = report.decoded.findings.map { finding in
        GitHubAnnotation(
          severity: finding.severity, path: report.path, range: finding.span.map(text.range),
          title: "lint-spec: \(finding.code.id)",
          message: finding.told(in: report, separator: "\n"))
      }
      return [failure].compactMap(\.self) + findings
    }
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

  private static func row(_ annotation: GitHubAnnotation) -> String {
    let start = annotation.range?.start
    let place = (annotation.path ?? "") + (start.map { ":\($0.line):\($0.column)" } ?? "")
    let words = annotation.message.splitAtScalar("\n", omittingEmpty: true).map {
      MarkdownText.prose(String($0))
    }
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
