package import TinyforgeCore

/// Renders drift for people: a heading for each workload, and its drifted fields below.
package struct DriftText: DriftParts {
  private let phrases: Phrases
  private let style: TextStyle
  private let listing: WorkloadListing
  private let renderer: WorkloadText

  /// Creates a renderer for a language, with or without colours, which lists these workloads.
  package init(phrases: Phrases, style: TextStyle, listing: WorkloadListing = .all) {
    self.listing = listing
    self.phrases = phrases
    self.style = style
    renderer = WorkloadText(phrases: phrases, style: style, subject: .drift)
  }

  /// Nothing: the text begins with the first workload.
  package func opening(_ report: DriftReport) -> String { "" }

  /// Nothing: each workload ends its own lines.
  package func separator(isFirst: Bool) -> String { "" }

  /// The lines after the workloads: the summary, and where the live values are from.
  package func closing(_ report: DriftReport, isEmpty: Bool) -> String {
    let taken = report.snapshotTakenAt.map { phrases.snapshotTaken(at: $0.shownSafely) + "\n" }
    let gaps =
      report.gaps.isEmpty
      ? "" : style.paint(phrases.incompleteTitle(report.gaps), .warning) + "\n"
    return style.wrapped(
      (taken ?? "") + style.paint(phrases.summary(report.summary), .strong) + "\n" + gaps
        + (report.isInterrupted ? phrases.interrupted(report) + "\n" : ""))
  }

  /// One workload; nothing where it is not listed.
  package func workload(_ workload: ReportedWorkload) -> String {
    listing.lists(workload) ? renderer.render(workload) : ""
  }
}
