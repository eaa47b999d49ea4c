package import TinyforgeCore

/// Renders what a sync would change in Markdown, made for a comment on a pull or merge request.
package struct PlanMarkdown {
  private let phrases: Phrases
  private let listing: WorkloadListing

  /// Creates a renderer for a language, which lists these workloads.
  package init(phrases: Phrases, listing: WorkloadListing = .changes) {
    self.phrases = phrases
    self.listing = listing
  }

  /// The plan in at most `limit` characters: what cannot be synced first, then what would change;
  /// each workload whole or not at all, the numbers always.
  package func render(_ reports: [WorkloadReport], limit: Int = DriftMarkdown.commentLimit)
    -> String
  {
    let text = WorkloadText(phrases: phrases, style: TextStyle(coloured: false))
    let problems = reports.filter(Self.isProblem)
    let others = reports.filter { !Self.isProblem($0) && listing.lists($0) }
    let changes = others.filter { $0.plan?.changes.isEmpty == false }
    let rest = others.filter { $0.plan?.changes.isEmpty != false }
    let head = "### \(title(problems, changes, reports))\n\n\(text.summary(reports))\n"
    return MarkdownDocument(
      head: head, sections: (problems + changes + rest).map { section($0, text) }
    )
    .render(limit: limit, phrases: phrases)
  }

  /// A sync would not get through.
  private static func isProblem(_ report: WorkloadReport) -> Bool {
    switch report.status {
    case .ok: report.plan?.isValid == false
    case .noFile, .fetchFailed, .invalid: true
    case .disabled, .ineligible: false
    }
  }

  private func title(
    _ problems: [WorkloadReport], _ changes: [WorkloadReport], _ all: [WorkloadReport]
  ) -> String {
    guard problems.isEmpty else {
      return "⚠️ " + phrases.planProblemsTitle(of: all.count)
    }
    guard changes.isEmpty else { return "🔶 " + phrases.planTitle(changes.count, of: all.count) }
    return "✅ " + phrases.noPlanTitle(all.count)
  }

  private func section(_ report: WorkloadReport, _ text: WorkloadText) -> String {
    let row = report.workload
    let name = MarkdownText.code(row.shownName)
    let faults = (report.plan?.faults ?? []).map {
      "- \(phrases.refusedLabel) \(MarkdownText.prose($0))\n"
    }
    let parts = [
      report.message.isEmpty ? nil : MarkdownText.prose(report.message) + "\n", findings(report),
      table(report), faults.isEmpty ? nil : faults.joined(), notes(report),
    ]
    return "#### \(name) — \(text.verdict(report).0)\n"
      + parts.compactMap(\.self).map { "\n" + $0 }.joined()
  }

  private func notes(_ report: WorkloadReport) -> String? {
    guard !report.notes.isEmpty else { return nil }
    return report.notes.map { "- \(phrases.note) \(MarkdownText.prose($0))\n" }.joined()
  }

  private func findings(_ report: WorkloadReport) -> String? {
    guard report.status == .invalid, let text = report.sourceText, let decoded = report.decoded
    else { return nil }
    let errors = decoded.findings.filter { $0.severity == .error }
    guard !errors.isEmpty else { return nil }
    return errors.map { finding in
      let start = text.position(at: finding.span?.lowerBound ?? 0)
      return "- \(MarkdownText.code("\(start.line):\(start.column)")) "
        + MarkdownText.prose(finding.message)
        + (finding.help.map { ", " + MarkdownText.prose($0) } ?? "") + "\n"
    }.joined()
  }

  private func table(_ report: WorkloadReport) -> String? {
    guard let changes = report.plan?.changes, !changes.isEmpty else { return nil }
    let rows = changes.map { change in
      [
        MarkdownText.code(change.field.name),
        MarkdownText.code(ValueText.shown((change.live ?? .null).withoutCredentials, phrases)),
        MarkdownText.code(ValueText.shown(change.repo.json.withoutCredentials, phrases)),
      ]
    }
    return MarkdownTable.render([phrases.field, phrases.fromColumn, phrases.toColumn], rows: rows)
  }
}
