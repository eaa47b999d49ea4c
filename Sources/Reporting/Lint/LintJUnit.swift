package import TinyforgeCore

/// Renders lint reports as JUnit's XML: a test case for each file.
package struct LintJUnit: LintForm {
  /// The cases of some files.
  package struct Part: Sendable {
    fileprivate var suite: JUnitSuite
  }

  /// Creates one with its defaults.
  package init() {}

  /// The cases of some files.
  package func part(_ reports: [LintReport]) -> Part {
    Part(suite: JUnitSuite(name: "lint-spec", cases: reports.map(testCase)))
  }

  /// One suite of all cases.
  package func pieces(_ parts: [Part], _ summary: LintSummary, isInterrupted: Bool) -> [String] {
    parts.reduce(into: JUnitSuite(name: "lint-spec", cases: [])) { $0 += $1.suite }.pieces
  }

  private func testCase(_ report: LintReport) -> JUnitSuite.Case {
    let others = report.decoded.findings.filter { !report.counts($0) }
    return JUnitSuite.Case(
      name: report.place, outcome: outcome(report), output: text(others, report))
  }

  private func outcome(_ report: LintReport) -> JUnitSuite.Case.Outcome {
    if let failure = report.failure {
      let text = [failure.message, failure.remedy?.text].compactMap(\.self).joined(separator: "\n")
      return .broken(type: "unreadable", message: failure.message, text: text)
    }
    let findings = report.decoded.findings.filter(report.counts)
    guard let first = findings.first else { return .passed }
    let more = findings.count > 1 ? " (and \(findings.count - 1) more)" : ""
    return .failed(
      type: first.code.id, message: first.message + more, text: text(findings, report))
  }

  private func text(_ findings: [Finding], _ report: LintReport) -> String {
    let renderer = LintText(style: TextStyle(coloured: false))
    return findings.map { renderer.render($0, path: report.place, text: report.text) }.joined()
  }
}
