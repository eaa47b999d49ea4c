package import Reporting
package import TinyforgeCore

/// The workloads of a long report that Markdown of a limited size has room for: the worst ones.
///
/// They are added in the report's order. What has no room now has none later.
package struct MarkdownShortlist: Sendable {
  /// The workloads of a verdict, and how long their sections are together.
  private struct Group: Sendable {
    var workloads: [ReportedWorkload] = []
    var length = 0
  }

  private let markdown: DriftMarkdown
  private let limit: Int
  private var groups: [WorkloadVerdict: Group] = [:]
  /// How many of those that would be listed have no room.
  private var omitted = 0

  /// Begins one for Markdown of at most `limit` UTF-16 units.
  package init(_ markdown: DriftMarkdown, limit: Int) {
    self.markdown = markdown
    self.limit = limit
  }

  /// Adds a workload, if it is one that is listed.
  package mutating func add(_ workload: ReportedWorkload) {
    guard markdown.lists(workload) else { return }
    let verdict = WorkloadVerdict(workload)
    // What is as bad or worse comes before it.
    let before = groups.filter { $0.key <= verdict }.reduce(0) { $0 + $1.value.length }
    guard before <= limit else { return omitted += 1 }
    groups[verdict, default: Group()].workloads.append(workload)
    groups[verdict]?.length += markdown.length(of: workload)
  }

  /// The report with these workloads.
  package func listed(in report: DriftReport) -> DriftReport {
    var report = report
    report.workloads = WorkloadVerdict.allCases.flatMap { groups[$0]?.workloads ?? [] }
    report.omitted = omitted
    return report
  }
}
