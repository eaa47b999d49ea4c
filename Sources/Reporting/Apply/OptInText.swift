package import TinyforgeCore

/// Renders the result of opting in or out for people.
package struct OptInText {
  private let phrases: Phrases
  private let style: TextStyle

  /// Creates one from its parts.
  package init(phrases: Phrases, style: TextStyle) {
    self.phrases = phrases
    self.style = style
  }

  /// Renders the report.
  package func render(_ report: OptInReport) -> String { style.wrapped(text(report)) }

  private func text(_ report: OptInReport) -> String {
    let row = report.workload
    let heading = style.title(of: row, row.sourceKind)
    switch report.outcome.result {
    case .applied:
      let event = report.outcome.eventID.map { ", " + phrases.ofEvent($0) } ?? ""
      let state = row.gitopsEnabled ? state(row) : phrases.optedOut
      return "\(heading)\(style.paint(state + event, .good))\n\(next(row))"
    case .unchanged: return "\(heading)\(style.paint(state(row), .good)), \(phrases.unchanged)\n"
    case .refused:
      return
        "\(heading)\(style.paint(phrases.refused, .warning))\n  \(phrases.message(report.outcome.message))\n"
    case .failed:
      let word = report.outcome.isBusy ? phrases.busy : phrases.failed
      return
        "\(heading)\(style.paint(word, .error))\n  \(phrases.message(report.outcome.message))\n"
    }
  }

  private func state(_ row: Workload) -> String {
    row.gitopsEnabled
      ? phrases.optedIn(path: row.gitopsPath.shownSafely) : phrases.notOptedIn
  }

  private func next(_ row: Workload) -> String {
    let again = "apply enable \(ShellWord(row.id))"
    return "  \(row.gitopsEnabled ? phrases.optInSyncsNothing : phrases.optOutEffect(again))\n"
  }
}
