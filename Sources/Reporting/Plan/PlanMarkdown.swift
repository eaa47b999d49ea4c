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
  ///
  /// `interruption` says that a signal ended the run.
  package func render(
    _ reports: [WorkloadReport], limit: Int = DriftMarkdown.commentLimit,
    interruption: String? = nil
  ) -> String {
    let text = WorkloadText(phrases: phrases, style: TextStyle(coloured: false))
    let problems = reports.filter(Self.isProblem)
    let others = reports.filter { !Self.isProblem($0) && listing.lists($0) }
    let changes = others.filter { $0.plan?.changes.isEmpty == false }
    let rest = others.filter { $0.plan?.changes.isEmpty != false }
    let title = interruption.map { "⚠️ " + $0 } ?? title(problems, changes, reports)
    let head = "### \(title)\n\n\(WorkloadCounts(reports).sentence(phrases))\n"
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
    let unread = problems.count { $0.status == .fetchFailed }
    let words = phrases.planTitle(
      changed: changes.count, refused: problems.count - unread, unread: unread, of: all.count)
    return (problems.isEmpty ? changes.isEmpty ? "✅ " : "🔶 " : "⚠️ ") + words
  }

  private func section(_ report: WorkloadReport, _ text: WorkloadText) -> String {
    let workload = ReportedWorkload(report).withoutRunnerPaths.translated(by: phrases)
    let parts = WorkloadMarkdown(phrases: phrases)
    return parts.section(
      workload, text.verdict(on: workload).words,
      [
        parts.provenance(workload), parts.message(workload), parts.findings(workload),
        table(workload, parts), parts.notes(workload),
      ])
  }

  private func table(_ workload: ReportedWorkload, _ parts: WorkloadMarkdown) -> String? {
    guard !workload.drift.isEmpty else { return nil }
    let rows = workload.drift.map { entry in
      [
        "\(MarkdownText.code(entry.field)) \(parts.place(entry.line, entry.column, workload))",
        MarkdownText.code(ValueText.shown(entry.live, phrases)),
        MarkdownText.code(ValueText.shown(entry.repo, phrases)),
      ]
    }
    return MarkdownTable.render([phrases.field, phrases.fromColumn, phrases.toColumn], rows: rows)
  }
}
