package import Reporting
package import TinyforgeCore

/// What a plan says to those who read it on a pull or merge request.
package enum PlanLead {
  /// With more changes than that the tables alone name them.
  private static let limit = 3

  /// What a sync would change after the merge, as a sentence in Markdown; nil where it is nothing, or more than a sentence
  /// holds.
  package static func sentence(_ plan: PlanReport, _ phrases: Phrases) -> String? {
    let changing = plan.workloads.filter { $0.plan?.isValid == true }.map { ReportedWorkload($0) }
    let changes = changing.flatMap { workload in
      workload.drift.map { entry in
        phrases.changeOf(
          MarkdownText.code(entry.field), from: code(entry.live, phrases),
          to: code(entry.repo, phrases), of: MarkdownText.code(workload.shownName))
      }
    }
    guard (1...limit).contains(changes.count) else { return nil }
    return phrases.onceMerged(changes.joined(separator: ", "))
  }

  private static func code(_ value: JSONValue, _ phrases: Phrases) -> String {
    MarkdownText.code(ValueText.shown(value, phrases))
  }
}
