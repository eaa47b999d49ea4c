import FleetReporting
import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// The Markdown of a report of which only the worst workloads are kept.
struct MarkdownShortlistTests {
  private static func fleet(_ count: Int, _ random: inout SeededGenerator) -> [ReportedWorkload] {
    (0..<count).map { number in
      let status = Int.random(in: 0..<10, using: &random) == 0 ? WorkloadReport.Status.invalid : .ok
      return ReportedWorkload(
        id: "w\(number)", sourceKind: "dockerfile", status: status,
        message: String(repeating: "words ", count: Int.random(in: 0..<20, using: &random)),
        managedFields: ["port"],
        mergeFaults: Int.random(in: 0..<4, using: &random) == 0 ? ["a fault"] : [],
        notes: Int.random(in: 0..<3, using: &random) == 0 ? ["a note"] : [])
    }
  }

  /// The same text as of the whole report, at that limit and at smaller ones.
  @Test(arguments: [0, 1, 5, 40, 300], [WorkloadListing.changes, .all])
  func itIsTheMarkdownOfTheWhole(_ count: Int, _ listing: WorkloadListing) {
    for seed in 0..<5 {
      var random = SeededGenerator(seed: UInt64(seed))
      let workloads = Self.fleet(count, &random)
      let whole = DriftReport(workloads: workloads, generatedAt: "2026-01-04T00:00:00Z")
      for language in Language.allCases {
        let markdown = DriftMarkdown(phrases: Phrases(language), listing: listing)
        var list = MarkdownShortlist(markdown, limit: 6_000)
        for workload in workloads { list.add(workload) }
        var frame = whole
        frame.workloads = []
        let short = list.listed(in: frame)
        for limit in [400, 3_000, 6_000] {
          #expect(markdown.render(short, limit: limit) == markdown.render(whole, limit: limit))
        }
        #expect(count < 300 || short.workloads.count < count / 2, "\(short.workloads.count)")
      }
    }
  }
}
