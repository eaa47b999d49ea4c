import TestSupport
import Testing
import TinyforgeCore

struct DriftSummaryTests {
  @Test(arguments: [1, 2, 3, 7, 64])
  func everyWorkloadIsInOneShard(_ count: Int) {
    var sizes = Array(repeating: 0, count: count)
    for number in 0..<6400 {
      let holding = (1...count).filter { FleetShard($0, of: count)?.contains("w\(number)") == true }
      #expect(holding.count == 1)
      for index in holding { sizes[index - 1] += 1 }
    }
    // Even within what chance allows: six standard deviations.
    let mean = 6400.0 / Double(count)
    #expect(sizes.allSatisfy { abs(Double($0) - mean) <= 6 * mean.squareRoot() })
  }

  @Test(arguments: [
    "", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1/20000", " 1/2", "1/ 2",
  ])
  func oddShardsAreNone(_ text: String) { #expect(FleetShard(text) == nil) }

  @Test func shardsReadAsWritten() { #expect(FleetShard("3/8")?.text == "3/8") }

  @Test func summariesAddUp() {
    let workloads = WorkloadReport.Status.allCases.flatMap { status in
      DriftCause.allCases.map { cause in
        ReportedWorkload(
          id: "\(status)-\(cause)", sourceKind: "static", status: status,
          drift: status == .ok
            ? [
              ReportedDrift(
                field: "port", repo: 1, live: 2, cause: cause, line: 1, column: 1, endLine: 1,
                endColumn: 2)
            ] : [], isMirrorStale: cause == .both)
      }
    }
    var sum = DriftSummary(of: Array(workloads.prefix(11)))
    sum.add(DriftSummary(of: Array(workloads.dropFirst(11))))
    #expect(sum == DriftSummary(of: workloads))
    let causes = DriftCause.allCases.count
    #expect(sum.drifted == causes && sum[.both] == 1 && sum[.reverted] == 1)
    #expect(sum.staleMirrors == 6 && sum[.invalid] == causes)
  }
}
