package import TinyforgeCore

extension WorkloadText {
  /// The result of a workload in a few words.
  package func verdict(on workload: ReportedWorkload) -> (words: String, role: TextStyle.Role) {
    if let outcome = workload.outcome { return verdict(outcome) }
    guard workload.status == .ok, subject != .drift else {
      return (phrases.verdict(on: workload), WorkloadVerdict(workload).role)
    }
    return planVerdict(workload)
  }

  private func verdict(_ outcome: ApplyOutcome) -> (String, TextStyle.Role) {
    switch outcome.result {
    case .applied: (phrases.applied(event: outcome.eventID), .good)
    case .unchanged: (phrases.unchanged, .good)
    case .refused: (phrases.refused, .warning)
    case .failed: (outcome.isBusy ? phrases.busy : phrases.failed, .error)
    }
  }

  /// What a sync would do.
  private func planVerdict(_ workload: ReportedWorkload) -> (String, TextStyle.Role) {
    if !workload.mergeFaults.isEmpty { return (phrases.refused, .warning) }
    let (changes, managed) = (workload.drift.count, workload.managedFields.count)
    guard managed > 0 else { return (phrases.declaresNothing, .faint) }
    guard changes == 0 else { return (phrases.wouldChange(changes, of: managed), .warning) }
    let isNoted = !workload.notes.isEmpty
    return (phrases.inSync(managed, isNoted: isNoted), isNoted ? .warning : .good)
  }
}
