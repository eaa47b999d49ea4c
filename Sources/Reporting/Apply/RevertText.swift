package import TinyforgeCore

/// Renders what undoing a sync would change, or did, for people.
package struct RevertText {
  private let phrases: Phrases
  private let style: TextStyle

  /// Creates one from its parts.
  package init(phrases: Phrases, style: TextStyle) {
    self.phrases = phrases
    self.style = style
  }

  /// Renders the report.
  package func render(_ report: WorkloadReport) -> String {
    let row = report.workload
    let (word, role) = verdict(report)
    var text = style.title(of: row, row.sourceKind) + style.paint(word, role) + "\n"
    let changes = Self.changes(report)
    let width = changes.map { $0.field.count }.max() ?? 0
    for change in changes {
      let values = [(change.from, TextStyle.Role.removed), (change.to, .added)].map {
        style.paint(ValueText.shown(($0 ?? .null).withoutCredentials, phrases), $1)
      }
      text += "    \(change.field.padded(to: width))  \(values.joined(separator: " → "))\n"
    }
    let undeclared = undeclared(report)
    if !undeclared.isEmpty {
      text += "    \(style.paint(phrases.undeclared(undeclared), .faint))\n"
    }
    let message = Self.message(report)
    if !message.isEmpty { text += "  \(phrases.message(message).shownSafely)\n" }
    let workload = ReportedWorkload(report).translated(by: phrases)
    return style.wrapped(text + WorkloadText(phrases: phrases, style: style).notes(workload))
  }

  /// From the present values to those that are put back: those before a sync, or those of a commit.
  static func changes(_ report: WorkloadReport) -> [SyncEvent.Change] {
    report.revert?.changes ?? report.plan?.changes.map(\.change) ?? []
  }

  /// Why it was not done; empty where it was.
  static func message(_ report: WorkloadReport) -> String {
    let parts = [report.outcome?.message ?? "", report.message] + (report.plan?.faults ?? [])
    return parts.filter { !$0.isEmpty }.joined(separator: ": ")
  }

  /// Fields that the commit's spec leaves alone although they have a value, for it does not declare them.
  private func undeclared(_ report: WorkloadReport) -> String {
    guard let plan = report.plan, let source = report.workload.servedKind
    else { return "" }
    return SpecFieldTable.all.filter { field in
      field.honouredBy.contains(source) && plan.merged[field] != nil
        && !plan.managed.contains { $0.field == field }
    }.map(\.name).joined(separator: ", ")
  }

  private func verdict(_ report: WorkloadReport) -> (String, TextStyle.Role) {
    let event = report.revert.map { phrases.ofEvent($0.event) } ?? ""
    let commit = report.revert == nil ? report.spec?.commit.map { ObjectID.short($0.id) } : nil
    switch report.outcome?.result {
    case .none:
      let would = commit.map { phrases.wouldPutBack(commit: $0.shownSafely) }
      return (would ?? phrases.wouldRevert(event), .warning)
    case .applied:
      let done = commit.map { phrases.putBack(commit: $0.shownSafely) }
      let id = report.outcome?.eventID.map { " (\(phrases.recorded(phrases.ofEvent($0))))" } ?? ""
      return ((done ?? phrases.reverted(event)) + id, .good)
    case .unchanged: return (phrases.unchanged, .good)
    case .refused: return (phrases.refused, .warning)
    case .failed: return (report.outcome?.isBusy == true ? phrases.busy : phrases.failed, .error)
    }
  }
}
