import Reporting
import TinyforgeCore

/// Takes a plan apart.
///
/// What is said of a workload beside its changes is what drift says of it.
struct PlanIssues {
  private let phrases: Phrases

  init(phrases: Phrases) { self.phrases = phrases }

  /// The issues of all workloads, in the order of the plan; no change of a workload whose sync would be refused.
  func list(_ report: DriftReport) -> [PlanIssue] {
    DriftIssues(phrases: phrases).list(report).compactMap { issue in
      guard issue.isDrift else { return other(issue) }
      return issue.workload.mergeFaults.isEmpty ? change(issue) : nil
    }
  }

  private func change(_ issue: DriftIssue) -> PlanIssue? {
    let entry = issue.workload.drift.first { $0.field.hasSameBytes(as: issue.subject) }
    guard let entry else { return nil }
    let words = phrases.wouldSet(
      entry.field, from: ValueText.shown(entry.live, phrases),
      to: ValueText.shown(entry.repo, phrases))
    return PlanIssue(
      check: "change", severity: .info, workload: issue.workload,
      sentences: ["\(issue.workload.shownName): \(words)".shownSafely], range: issue.range,
      fingerprint: fingerprint(issue))
  }

  private func other(_ issue: DriftIssue) -> PlanIssue {
    PlanIssue(
      check: issue.rule.rawValue, severity: issue.rule.severity, workload: issue.workload,
      sentences: [issue.summary] + issue.details, range: issue.range ?? faultyValue(issue),
      fingerprint: fingerprint(issue))
  }

  /// The place of the declared value that a sync would be refused for.
  private func faultyValue(_ issue: DriftIssue) -> SourceRange? {
    guard issue.rule == .refused else { return nil }
    return issue.workload.drift.first { entry in
      issue.workload.mergeFaults.contains { fault in
        issue.summary.endsWithBytes(of: fault.shownSafely) && fault.startsWithBytes(of: entry.field)
      }
    }?.range
  }

  /// A report of drift on the same commit has the same issues.
  private func fingerprint(_ issue: DriftIssue) -> String {
    FindingFingerprint.of("plan\0\(issue.fingerprint)")
  }
}

extension PlanReport {
  /// The workloads as reports show them.
  var reported: DriftReport {
    var report = DriftReport(
      workloads: workloads.map { ReportedWorkload($0) }, generatedAt: generatedAt,
      snapshotTakenAt: snapshotTakenAt)
    report.servers = servers
    return report
  }

  /// That a signal ended the run; nil where none did.
  func interruption(_ phrases: Phrases) -> String? {
    missed.map { phrases.interrupted($0, of: workloads.count + $0) }
  }
}
