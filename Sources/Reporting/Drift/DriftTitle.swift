package import TinyforgeCore

/// What a drift report says first, for formats with a title.
package struct DriftTitle {
  /// The state of the fleet.
  enum State {
    case drifted, incomplete, troubled, clean
  }

  let state: State
  /// The title, without a full stop.
  package let words: String

  /// Counts what was found.
  package init(_ report: DriftReport, _ phrases: Phrases) {
    let summary = report.summary
    let uncompared = summary[.noFile] + summary[.invalid] + summary[.fetchFailed]
    let rest = uncompared > 0 ? "; " + phrases.uncompared(uncompared) : ""
    let gaps = report.gaps.isEmpty ? "" : "; " + phrases.gaps(report.gaps)
    if report.isInterrupted {
      state = .incomplete
      words = phrases.interrupted(report) + gaps
    } else if summary.drifted > 0 {
      state = .drifted
      words = phrases.driftTitle(summary.drifted, of: summary.workloads) + rest + gaps
    } else if !report.gaps.isEmpty {
      state = .incomplete
      words = phrases.incompleteTitle(report.gaps) + rest
    } else if uncompared > 0 {
      state = .troubled
      words =
        uncompared == summary.workloads
        ? phrases.nothingComparedTitle(uncompared)
        : phrases.noDriftTitle(summary.workloads - uncompared) + rest
    } else if summary.hasFindings {
      state = .troubled
      words = phrases.problemsTitle(of: summary.workloads)
    } else {
      state = .clean
      words = phrases.noDriftTitle(summary.workloads)
    }
  }
}
