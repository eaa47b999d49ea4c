package import TinyforgeCore

/// What a plan says first, for formats with a title.
package struct PlanTitle {
  /// The sign before the words in Markdown.
  let mark: String
  /// The title, without a full stop.
  package let words: String

  /// Counts what a sync would do.
  package init(_ plan: PlanReport, _ phrases: Phrases) {
    if let missed = plan.missed {
      mark = "⚠️"
      words = phrases.interrupted(missed, of: plan.workloads.count + missed)
      return
    }
    let problems = plan.workloads.filter(\.isPlanProblem)
    let unread = problems.count { $0.status == .fetchFailed }
    let changed = plan.workloads.count {
      !$0.isPlanProblem && $0.plan?.changes.isEmpty == false
    }
    words = phrases.planTitle(
      changed: changed, refused: problems.count - unread, unread: unread, of: plan.workloads.count)
    mark = problems.isEmpty ? changed == 0 ? "✅" : "🔶" : "⚠️"
  }
}

extension WorkloadReport {
  /// A sync would not get through.
  var isPlanProblem: Bool {
    switch status {
    case .ok: plan?.isValid == false
    case .noFile, .fetchFailed, .invalid: true
    case .disabled, .ineligible: false
    }
  }
}
