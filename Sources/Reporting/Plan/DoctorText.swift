package import TinyforgeCore

/// Renders what the doctor found: a line for each check, and below it what is wrong and how to fix it.
package struct DoctorText {
  private let phrases: Phrases
  private let style: TextStyle

  /// Creates one from its parts.
  package init(phrases: Phrases, style: TextStyle) {
    self.phrases = phrases
    self.style = style
  }

  /// Renders the report.
  package func render(_ report: DoctorReport) -> String {
    let checks = DoctorReport.Check.allCases.map { check($0, report) }.joined()
    let summary = phrases.doctorSummary(
      faults: report.count(.fault), warnings: report.count(.warning))
    return style.wrapped(checks + style.paint(summary, .strong) + "\n")
  }

  private func check(_ check: DoctorReport.Check, _ report: DoctorReport) -> String {
    let findings = report.findings(of: check)
    let (word, role) = verdict(findings, isDone: report.done.contains(check))
    let name = phrases.name(of: check).padded(to: 14)
    return "\(style.paint(name, .strong))\(style.paint(word, role))\n"
      + findings.map(finding).joined()
  }

  private func verdict(_ findings: [DoctorReport.Finding], isDone: Bool) -> (
    String, TextStyle.Role
  ) {
    guard !findings.isEmpty else {
      return isDone ? (phrases.healthy, .good) : (phrases.notInspected, .faint)
    }
    return findings.contains { $0.severity == .fault }
      ? (phrases.fault, .error) : (phrases.warning, .warning)
  }

  private func finding(_ finding: DoctorReport.Finding) -> String {
    let role: TextStyle.Role = finding.severity == .fault ? .error : .warning
    let label = finding.severity == .fault ? phrases.fault : phrases.warning
    return "  \(style.paint(label + ":", role)) \(phrases.message(finding.message).shownSafely)\n"
      + "    \(style.paint("$", .faint)) \(finding.command.text)\n"
  }
}
