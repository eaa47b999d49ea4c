package import TinyforgeCore

/// Renders drift in Markdown, made for a comment on a pull or merge request.
///
/// Nothing in it changes between runs that found the same: no time of the run.
package struct DriftMarkdown: Sendable {
  /// The smallest of the forges' limits on a comment, in UTF-16 units.
  package static let commentLimit = 65_536
  /// GitHub takes a summary of 1 MiB; a character is up to three bytes for each of its UTF-16 units.
  package static let summaryLimit = (1 << 20) / 3

  private let phrases: Phrases
  private let listing: WorkloadListing
  private let parts: WorkloadMarkdown
  private let details: DriftDetails

  /// Creates a renderer for a language, which lists these workloads.
  package init(phrases: Phrases, listing: WorkloadListing = .changes) {
    self.listing = listing
    self.phrases = phrases
    parts = WorkloadMarkdown(phrases: phrases)
    details = DriftDetails(phrases: phrases, encode: MarkdownText.prose) { "[\($0)](\($1))" }
  }

  /// The report in at most `limit` characters: the worst workloads first, each whole or not at all,
  /// the numbers always.
  ///
  /// `lead` follows the numbers, in Markdown.
  package func render(
    _ report: DriftReport, limit: Int = Self.commentLimit, lead: String? = nil
  ) -> String {
    let shown = report.worstFirst.filter(listing.lists)
    let lead = lead.map { "\n\($0)\n" } ?? ""
    return MarkdownDocument(
      head: head(report) + lead, sections: shown.map(section), omitted: report.omitted
    ).render(limit: limit, phrases: phrases)
  }

  /// Whether a workload is listed, as far as there is room.
  package func lists(_ workload: ReportedWorkload) -> Bool { listing.lists(workload) }

  /// How long a workload's section is, in UTF-16 units.
  package func length(of workload: ReportedWorkload) -> Int { section(workload).utf16.count }

  private func head(_ report: DriftReport) -> String {
    let taken = report.snapshotTakenAt.map {
      "\n" + phrases.snapshotTaken(at: MarkdownText.code($0)) + "\n"
    }
    return "### \(title(report))\n\n\(phrases.summary(report.summary))\n\(taken ?? "")"
  }

  private func title(_ report: DriftReport) -> String {
    let title = DriftTitle(report, phrases)
    let mark =
      switch title.state {
      case .drifted: "🔶"
      case .incomplete, .troubled: "⚠️"
      case .clean: "✅"
      }
    return "\(mark) \(title.words)"
  }

  // MARK: A workload

  private func section(_ workload: ReportedWorkload) -> String {
    let shown = workload.withoutRunnerPaths.translated(by: phrases)
    return parts.section(
      shown, phrases.verdict(on: shown),
      [
        parts.provenance(shown), parts.message(shown), parts.findings(shown), table(shown),
        parts.notes(shown),
      ])
  }

  private func table(_ workload: ReportedWorkload) -> String? {
    guard !workload.drift.isEmpty else { return nil }
    let columns = [phrases.field, phrases.specColumn, phrases.liveColumn, phrases.causeColumn]
    return MarkdownTable.render(columns, rows: workload.drift.map { row($0, workload) })
  }

  private func row(_ entry: ReportedDrift, _ workload: ReportedWorkload) -> [String] {
    [
      "\(MarkdownText.code(entry.field)) \(parts.place(entry.line, entry.column, workload))",
      MarkdownText.code(ValueText.shown(entry.repo, phrases)),
      MarkdownText.code(ValueText.shown(entry.live, phrases)),
      details.sentences(entry, links: workload.spec?.links).joined(separator: "<br>"),
    ]
  }
}
