package import TinyforgeCore

/// Renders lint reports as JUnit's XML: a test case for each file.
package struct LintJUnit {
  /// Which findings make a case fail.
  private let counts: (Finding) -> Bool

  package init(counts: @escaping (Finding) -> Bool) { self.counts = counts }

  package func render(_ reports: [LintReport]) -> String {
    let failures = reports.count {
      $0.failure == nil && $0.decoded.findings.contains(where: counts)
    }
    let errors = reports.count { $0.failure != nil }
    let totals = "tests=\"\(reports.count)\" failures=\"\(failures)\" errors=\"\(errors)\""
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"lint-spec\" \(totals)>\n"
      + "  <testsuite name=\"lint-spec\" \(totals) skipped=\"0\" time=\"0\">\n"
      + reports.map(testCase).joined() + "  </testsuite>\n</testsuites>\n"
  }

  private func testCase(_ report: LintReport) -> String {
    let parts = [failures(report), error(report), output(report)].compactMap(\.self)
    let start =
      "    <testcase name=\"\(XMLText.attribute(report.place))\" classname=\"lint-spec\" time=\"0\""
    return parts.isEmpty ? start + "/>\n" : start + ">\n" + parts.joined() + "    </testcase>\n"
  }

  private func failures(_ report: LintReport) -> String? {
    let findings = report.decoded.findings.filter(counts)
    guard let first = findings.first else { return nil }
    let more = findings.count > 1 ? " (and \(findings.count - 1) more)" : ""
    return "      <failure type=\"\(first.code.id)\" message=\""
      + "\(XMLText.attribute(first.message + more))\">\(text(findings, report))</failure>\n"
  }

  private func error(_ report: LintReport) -> String? {
    guard let failure = report.failure else { return nil }
    let text = [failure.message, failure.remedy].compactMap(\.self).joined(separator: "\n")
    return "      <error type=\"unreadable\" message=\"\(XMLText.attribute(failure.message))\">"
      + "\(XMLText.encoded(text))</error>\n"
  }

  /// Findings that do not make the case fail.
  private func output(_ report: LintReport) -> String? {
    let findings = report.decoded.findings.filter { !counts($0) }
    return findings.isEmpty
      ? nil : "      <system-out>\(text(findings, report))</system-out>\n"
  }

  private func text(_ findings: [Finding], _ report: LintReport) -> String {
    let renderer = LintText(style: TextStyle(coloured: false))
    let text = SourceText(report.bytes ?? [])
    return XMLText.encoded(
      findings.map { renderer.render($0, path: report.place, text: text) }.joined())
  }
}
