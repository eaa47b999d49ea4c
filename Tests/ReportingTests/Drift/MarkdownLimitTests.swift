import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// Markdown that must fit into a comment.
struct MarkdownLimitTests {
  private static let fleet = DriftReport(
    workloads: (0..<400).map { index in
      ReportedWorkload(
        id: "w\(index)", sourceKind: "dockerfile", status: index % 100 == 7 ? .fetchFailed : .ok,
        message: index % 100 == 7 ? "no mirror" : "", managedFields: ["port"],
        drift: index % 100 == 7
          ? []
          : [
            ReportedDrift(
              field: "port", repo: .integer(index), live: 3000, cause: .liveEdited, line: 3,
              column: 9, endLine: 3, endColumn: 13)
          ])
    }, generatedAt: "2026-01-04T00:00:00Z")

  @Test(
    arguments: [
      300, 1_000, 5_000, 5_001, 5_050, 5_100, DriftMarkdown.commentLimit,
      1_000_000,
    ], Language.allCases)
  func wholeWorkloadsAreLeftOutAndTheNumbersStay(_ limit: Int, _ language: Language) {
    let phrases = Phrases(language)
    let text = DriftMarkdown(phrases: phrases).render(Self.fleet, limit: limit)
    #expect(text.utf16.count <= limit)
    #expect(text.contains(phrases.summary(Self.fleet.summary)))
    let shown = text.ranges(of: "\n#### ").count
    let said = text.split(separator: "\n").last?.prefix { $0.isNumber }
    #expect(shown == 400 || said == "\(400 - shown)", "\(text.suffix(200))")
    #expect(shown < 400 || limit == 1_000_000)
    // Each section that is there is there whole, its table's row last.
    #expect(text.ranges(of: "\n| <code>port").count == max(0, shown - 4))
    let worst = text.firstRange(of: "w307<")?.lowerBound
    let first = text.firstRange(of: "w0<")?.lowerBound
    if let first { #expect(worst.map { $0 < first } == true) }
  }

  /// Nothing in it is of the run, so that a comment stays as it is while nothing changes.
  @Test func theSameDriftIsTheSameText() {
    var later = Self.fleet
    later.generatedAt = "2026-02-01T00:00:00Z"
    let markdown = DriftMarkdown(phrases: Phrases(.en))
    #expect(markdown.render(later) == markdown.render(Self.fleet))
  }
}
