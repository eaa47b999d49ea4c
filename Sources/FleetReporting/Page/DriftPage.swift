package import Reporting
package import TinyforgeCore

/// Renders drift as one self-contained page of HTML: see ``FleetPage``.
package struct DriftPage {
  private let phrases: Phrases
  private let version: String

  /// `version` is the toolkit's.
  package init(phrases: Phrases, version: String) {
    self.phrases = phrases
    self.version = version
  }

  /// Renders the report; `lead` follows the numbers, in HTML.
  package func render(_ report: DriftReport, lead: String = "") -> String {
    let times = [
      phrases.lookedAt(PageText.time(report.generatedAt)),
      report.snapshotTakenAt.map { phrases.snapshotTaken(at: PageText.time($0)) },
      report.shard.map { phrases.shard($0.text) },
    ]
    return FleetPage(
      phrases: phrases, version: version, subject: .drift, title: DriftTitle(report, phrases).words,
      summary: phrases.summary(report.summary), times: times.compactMap(\.self),
      lead: lead, workloads: report.workloads
    ).render()
  }
}
