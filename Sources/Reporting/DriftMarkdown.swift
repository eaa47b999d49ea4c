package import TinyforgeCore

/// Renders drift in Markdown, made for a comment on a pull or merge request.
///
/// Nothing in it changes between runs that found the same: no time of the run.
package struct DriftMarkdown {
  /// What GitHub and Gitea take as a comment, in characters.
  package static let commentLimit = 65_536
  /// What GitLab takes as a comment, in characters.
  package static let gitLabCommentLimit = 1_000_000
  /// GitHub takes a summary of 1 MiB; a character is up to three bytes for each of its UTF-16 units.
  package static let summaryLimit = (1 << 20) / 3

  private let phrases: Phrases
  private let listing: WorkloadListing
  private let details: DriftDetails

  /// Creates a renderer for a language, which lists these workloads.
  package init(phrases: Phrases, listing: WorkloadListing = .changes) {
    self.listing = listing
    self.phrases = phrases
    details = DriftDetails(phrases: phrases, encode: MarkdownText.prose)
  }

  /// The report in at most `limit` characters: the worst workloads first, each whole or not at all,
  /// the numbers always.
  package func render(_ report: DriftReport, limit: Int = Self.commentLimit) -> String {
    let shown = report.worstFirst.filter(listing.lists)
    return MarkdownDocument(head: head(report), sections: shown.map(section))
      .render(limit: limit, phrases: phrases)
  }

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
    let heading =
      "#### \(MarkdownText.code(workload.shownName)) — \(phrases.verdict(on: workload))\n"
    let parts = [
      origin(workload), message(workload), findings(workload), table(workload), notes(workload),
    ]
    return heading + parts.compactMap(\.self).map { "\n" + $0 }.joined()
  }

  private func origin(_ workload: ReportedWorkload) -> String? {
    guard let spec = workload.spec else { return nil }
    var parts = [MarkdownText.code(spec.path)]
    if let commit = spec.commit {
      let short = MarkdownText.code(String(commit.prefix(12)))
      parts.append(phrases.at(commit: short, of: spec.committedAt.map(MarkdownText.code)))
    }
    if let repository = spec.repository {
      parts.append(phrases.inRepository(MarkdownText.code(repository)))
    }
    return parts.joined(separator: " ") + "\n"
  }

  private func message(_ workload: ReportedWorkload) -> String? {
    workload.message.isEmpty ? nil : MarkdownText.prose(workload.message) + "\n"
  }

  /// The findings that make the spec invalid; the rest is lint's to tell.
  private func findings(_ workload: ReportedWorkload) -> String? {
    let errors = workload.findings.filter { $0.severity == .error }
    guard workload.status == .invalid, !errors.isEmpty else { return nil }
    return errors.map { finding in
      "- \(MarkdownText.code("\(finding.line):\(finding.column)")) "
        + MarkdownText.prose(finding.message)
        + (finding.help.map { ", " + MarkdownText.prose($0) } ?? "") + "\n"
    }.joined()
  }

  private func table(_ workload: ReportedWorkload) -> String? {
    guard !workload.drift.isEmpty else { return nil }
    let columns = [
      phrases.field, phrases.specColumn, phrases.liveColumn, phrases.causeColumn,
    ]
    return MarkdownTable.render(columns, rows: workload.drift.map(row))
  }

  private func row(_ entry: ReportedDrift) -> [String] {
    [
      "\(MarkdownText.code(entry.field)) \(MarkdownText.code("\(entry.line):\(entry.column)"))",
      MarkdownText.code(ValueText.shown(entry.repo, phrases)),
      MarkdownText.code(ValueText.shown(entry.live, phrases)),
      details.sentences(entry).joined(separator: "<br>"),
    ]
  }

  private func notes(_ workload: ReportedWorkload) -> String? {
    let faults = workload.mergeFaults.map {
      "- \(phrases.refusedLabel) \(MarkdownText.prose($0))\n"
    }
    let notes = workload.notes.map { "- \(phrases.note) \(MarkdownText.prose($0))\n" }
    let lines = faults + notes
    return lines.isEmpty ? nil : lines.joined()
  }
}

/// A table; cells are Markdown already, on one line.
enum MarkdownTable {
  static func render(_ columns: [String], rows: [[String]]) -> String {
    let line = { (cells: [String]) in "| \(cells.joined(separator: " | ")) |\n" }
    return line(columns) + line(columns.map { _ in "---" }) + rows.map(line).joined()
  }
}
