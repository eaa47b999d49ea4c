package import TinyforgeCore

/// What is said of a whole workload, and of a whole report.
extension Phrases {
  /// The result of a workload in a few words.
  package func verdict(on workload: ReportedWorkload) -> String {
    switch WorkloadVerdict(workload) {
    case .fetchFailed: couldNotBeRead
    case .invalid: invalidSpec
    case .noFile: noSpec
    case .drifted: drift(workload.drift.count, of: workload.managedFields.count)
    case .refused: wouldBeRefused
    case .staleMirror: staleMirror
    case .ineligible: notEligible
    case .disabled: notOptedIn
    case .declaresNothing: declaresNothing
    case .inSync: inSync(workload.managedFields.count, isNoted: !workload.notes.isEmpty)
    }
  }

  /// That a signal ended the run before all workloads were inspected.
  package func interrupted(_ missed: Int, of all: Int) -> String {
    guard all > 0 else {
      return say(
        en: "interrupted: no workload was inspected",
        ru: "прервано: ни одна рабочая нагрузка не проверена")
    }
    return say(
      en: "interrupted: \(missed) of \(all) workloads were not inspected",
      ru: "прервано: не проверено рабочих нагрузок: \(missed) из \(all)")
  }

  /// The same of a report.
  func interrupted(_ report: DriftReport) -> String {
    interrupted(report.missed, of: report.summary.workloads + report.missed)
  }

  /// The numbers of a run in one sentence, the worst first.
  package func summary(_ summary: DriftSummary) -> String {
    let parts = [
      (summary[.fetchFailed], countedUnread), (summary[.invalid], countedInvalid),
      (summary[.noFile], countedWithoutSpec), (summary.drifted, drifted),
      (summary[.ineligible], countedIneligible), (summary[.disabled], countedDisabled),
      (summary[.ok] - summary.drifted, synced),
    ]
    let besides = [(summary.refused, countedRefused), (summary.staleMirrors, countedStaleMirrors)]
    let clauses = [parts, besides].map { counts in
      counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
    let list = clauses.filter { !$0.isEmpty }.joined(separator: "; ")
    let whole = workloads(summary.workloads)
    return list.isEmpty ? whole : "\(whole): \(list)"
  }
}
