package import TinyforgeCore

/// Renders lint reports for GitHub's and Gitea's pipelines: annotations, and a summary in Markdown.
package struct LintGitHub: LintForm {
  /// The findings of some files.
  package struct Part: Sendable {
    fileprivate var annotations = GitHubAnnotations([])
    fileprivate var files = 0
  }

  /// Creates one.
  package init() {}

  /// The findings of the files, as many as are shown.
  package func part(_ reports: [LintReport]) -> Part {
    Part(annotations: GitHubAnnotations(Self.annotations(reports)), files: reports.count)
  }

  /// Workflow commands, the worst findings first; those beyond the limit are counted at the end.
  package func pieces(_ parts: [Part], _ summary: LintSummary, isInterrupted: Bool) -> [String] {
    [
      Self.sum(parts).annotations.render(tool: "lint-spec") {
        "\($0) more finding\($0 == 1 ? "" : "s") than are annotated here"
      }
    ]
  }

  private static func sum(_ parts: [Part]) -> Part {
    parts.reduce(into: Part()) { sum, next in
      sum.annotations += next.annotations
      sum.files += next.files
    }
  }

  private static func annotations(_ reports: [LintReport]) -> [GitHubAnnotation] {
    reports.flatMap { report in
      let failure = report.failure.map {
        GitHubAnnotation(
          severity: .error, path: report.path, range: nil, title: "lint-spec",
          message: [$0.message, $0.remedy?.text].compactMap(\.self).joined(separator: "\n"))
      }
      let findings = report.decoded.findings.map { finding in
        GitHubAnnotation(
          severity: finding.severity, path: report.path, range: finding.span.map(report.text.range),
          title: "lint-spec: \(finding.code.id)",
          message: finding.text(in: report, separator: "\n"))
      }
      return [failure].compactMap(\.self) + findings
    }
  }

  /// The findings as a table in Markdown, for `GITHUB_STEP_SUMMARY`; empty where nothing was found.
  package func stepSummary(_ parts: [Part]) -> String {
    let sum = Self.sum(parts)
    guard sum.annotations.count > 0 else { return "" }
    let rows = sum.annotations.forSummary.map(Self.row)
    let rest = sum.annotations.count - rows.count
    return "### lint-spec: \(LintText.count(sum.annotations.count, "finding")) in "
      + "\(LintText.count(sum.files, "file"))\n\n"
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
  func text(in report: LintReport, separator: String) -> String {
    let reference = report.references.first.map { first in
      let others = report.references.count - 1
      return "in \(first.shownSafely)" + (others > 0 ? " and \(others) more" : "")
    }
    return [message, reference, help].compactMap(\.self).joined(separator: separator)
  }
}
