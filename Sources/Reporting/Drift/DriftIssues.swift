package import TinyforgeCore

/// Takes a report apart.
package struct DriftIssues {
  private let phrases: Phrases
  private let details: DriftDetails

  /// Creates one for a language.
  package init(phrases: Phrases) {
    self.phrases = phrases
    details = DriftDetails(phrases: phrases) { $0.shownSafely }
  }

  /// The issues of all workloads, in the order of the report.
  package func list(_ report: DriftReport) -> [DriftIssue] {
    var seen: [String: Int] = [:]
    return report.workloads.flatMap(list).map { issue in
      var issue = issue
      // By its bytes: two ids may differ in their normal form alone.
      let key = FindingFingerprint.of(issue.identity)
      issue.occurrence = seen[key, default: 0]
      seen[key, default: 0] += 1
      return issue
    }
  }

  /// The issues of one workload, its own trouble first.
  func list(_ original: ReportedWorkload) -> [DriftIssue] {
    let workload = original.translated(by: phrases)
    let faults = workload.mergeFaults.enumerated().map { index, fault in
      issue(.refused, workload, "\(phrases.wouldBeRefused): \(fault)", subject: "#\(index)")
    }
    let staleMirror =
      workload.isMirrorStale
      ? [issue(.staleMirror, workload, phrases.staleMirror)] : []
    // What a note is known by does not change with the language.
    let notes = zip(workload.notes, original.notes).map {
      issue(.note, workload, $0, subject: $1)
    }
    return trouble(workload) + workload.drift.map { drift($0, workload) } + faults + staleMirror
      + notes
  }

  private func trouble(_ workload: ReportedWorkload) -> [DriftIssue] {
    let rule: DriftRule
    switch workload.status {
    case .ok, .disabled, .ineligible: return []
    case .fetchFailed: rule = .fetchFailed
    case .noFile: rule = .noFile
    case .invalid: rule = .invalid
    }
    let words = phrases.verdict(on: workload)
    var trouble = issue(
      rule, workload, workload.message.isEmpty ? words : "\(words): \(workload.message)")
    let errors = workload.findings.filter { $0.severity == .error }
    trouble.range = errors.first?.range
    trouble.details = errors.compactMap(\.help)
    return [trouble]
  }

  private func drift(_ entry: ReportedDrift, _ workload: ReportedWorkload) -> DriftIssue {
    let sides = phrases.sides(
      spec: ValueText.shown(entry.repo, phrases), live: ValueText.shown(entry.live, phrases))
    var drift = issue(
      DriftRule(entry.cause), workload, "\(entry.field): \(sides)", subject: entry.field)
    drift.range = entry.range
    drift.details = details.sentences(entry)
    return drift
  }

  private func issue(
    _ rule: DriftRule, _ workload: ReportedWorkload, _ words: String, subject: String = ""
  ) -> DriftIssue {
    DriftIssue(
      rule: rule, workload: workload, summary: "\(workload.shownName): \(words)".shownSafely,
      details: [], subject: subject)
  }
}
