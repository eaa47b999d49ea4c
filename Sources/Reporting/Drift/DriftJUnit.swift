package import TinyforgeCore

/// Renders drift as JUnit's XML: a test case for each workload.
package struct DriftJUnit {
  private let phrases: Phrases
  private let issues: DriftIssues

  /// Creates a renderer for a language.
  package init(phrases: Phrases) {
    self.phrases = phrases
    issues = DriftIssues(phrases: phrases)
  }

  /// Renders the report.
  package func render(_ report: DriftReport) -> String {
    let gaps =
      report.gaps.isEmpty
      ? []
      : [
        JUnitSuite.Case(
          name: "drift merge",
          outcome: .broken(
            type: "incomplete", message: phrases.incompleteTitle(report.gaps), text: ""),
          output: "")
      ]
    return JUnitSuite(name: "drift", cases: gaps + report.workloads.map(testCase)).render()
  }

  private func testCase(_ workload: ReportedWorkload) -> JUnitSuite.Case {
    JUnitSuite.Case(
      name: workload.title, outcome: outcome(workload),
      output: workload.notes.map { "\($0.shownSafely)\n" }.joined())
  }

  private func outcome(_ workload: ReportedWorkload) -> JUnitSuite.Case.Outcome {
    let found = issues.list(workload).filter { $0.rule != .note }
    guard let first = found.first else {
      let isLookedAt = workload.status == .ok
      return isLookedAt ? .passed : .skipped(phrases.verdict(on: workload))
    }
    let text = DriftText(phrases: phrases, style: TextStyle(coloured: false)).workload(workload)
    guard first.rule != .fetchFailed else {
      return .broken(type: first.rule.rawValue, message: first.summary, text: text)
    }
    let words = workload.drift.isEmpty ? first.summary : phrases.verdict(on: workload)
    return .failed(type: first.rule.rawValue, message: words, text: text)
  }
}
