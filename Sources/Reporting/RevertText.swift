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
    let name = row.name.isEmpty ? row.id : "\(row.name) (\(row.id))"
    let (word, role) = verdict(report)
    var text =
      style.paint(name.shownSafely, .strong) + " "
      + style.paint(row.sourceKind.shownSafely, .faint) + ": \(style.paint(word, role))\n"
    let changes = report.revert?.changes ?? []
    let width = changes.map { $0.field.count }.max() ?? 0
    for change in changes {
      let values = [(change.from, TextStyle.Role.removed), (change.to, .added)].map {
        style.paint(ValueText.shown(($0 ?? .null).withoutCredentials, phrases), $1)
      }
      text += "    \(change.field.padded(to: width))  \(values.joined(separator: " → "))\n"
    }
    if let message = report.outcome?.message, !message.isEmpty { text += "  \(message)\n" }
    return text
  }

  private func verdict(_ report: WorkloadReport) -> (String, TextStyle.Role) {
    let event = report.revert.map { phrases.ofEvent($0.event) } ?? ""
    switch report.outcome?.result {
    case .none: return (phrases.wouldRevert(event), .warning)
    case .applied:
      let id = report.outcome?.eventID.map { ", " + phrases.ofEvent($0) } ?? ""
      return (phrases.reverted(event) + id, .good)
    case .unchanged: return (phrases.unchanged, .good)
    case .refused: return (phrases.refused, .warning)
    case .failed: return (report.outcome?.isBusy == true ? phrases.busy : phrases.failed, .error)
    }
  }
}
