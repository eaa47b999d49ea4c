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
  /// `lead` is a sentence below the title, in Markdown.
  package func render(
    _ plan: PlanReport, limit: Int = DriftMarkdown.commentLimit, lead: String? = nil
  ) -> String {
    let text = WorkloadText(phrases: phrases, style: TextStyle(coloured: false))
    let title = PlanTitle(plan, phrases)
    let listed = plan.workloads.filter { $0.isPlanProblem || listing.lists($0) }
    let problems = listed.filter(\.isPlanProblem)
    let others = listed.filter { !$0.isPlanProblem }
    let changes = others.filter { $0.plan?.changes.isEmpty == false }
    let rest = others.filter { $0.plan?.changes.isEmpty != false }
    let paragraphs = [
      "### \(title.mark) \(title.words)", lead, WorkloadCounts(plan.workloads).sentence(phrases),
      plan.snapshotTakenAt.map { phrases.snapshotTaken(at: MarkdownText.code($0)) },
    ]
    return MarkdownDocument(
      head: paragraphs.compactMap(\.self).joined(separator: "\n\n") + "\n",
      sections: (problems + changes + rest).map { section($0, text) }
    )
    .render(limit: limit, phrases: phrases)
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
