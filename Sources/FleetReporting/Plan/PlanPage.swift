package import Reporting
package import TinyforgeCore

/// Renders a plan as one self-contained page of HTML: see ``FleetPage``.
package struct PlanPage {
  private let phrases: Phrases
  private let version: String

  /// `version` is the toolkit's.
  package init(phrases: Phrases, version: String) {
    self.phrases = phrases
    self.version = version
  }

  /// Renders the plan.
  package func render(_ plan: PlanReport) -> String {
    let times = [
      phrases.lookedAt(PageText.time(plan.generatedAt)),
      plan.snapshotTakenAt.map { phrases.snapshotTaken(at: PageText.time($0)) },
    ]
    return FleetPage(
      phrases: phrases, version: version, subject: .plan, title: PlanTitle(plan, phrases).words,
      summary: WorkloadCounts(plan.workloads).sentence(phrases), times: times.compactMap(\.self),
      workloads: plan.reported.workloads
    ).render()
  }
}
