/// Why a saved plan is stale: it no longer fits a workload, or its file is not the one that was written.
///
/// ``PlanFit`` compares a plan with a row, and a ``PlanMismatch`` is one difference between them. A stale plan ends
/// `apply` in exit status 4.
package enum StalePlan {
  // MARK: The file

  /// The failure of a file whose bytes are not those that were saved.
  package static func changedFile(_ path: String, fault: String) -> Failure {
    failure(
      "the saved plan \(path.shownSafely) was changed or cut off after it was made: \(fault)")
  }

  /// The failure of a file that another version of the toolkit wrote.
  package static func otherVersion(_ path: String, _ version: String) -> Failure {
    failure(
      "the saved plan \(path.shownSafely) was made by version \(version.shownSafely), and this is "
        + "\(ToolkitVersion.current), which might merge in another way")
  }

  /// The failure of a file whose digests have no key.
  package static func withoutKey(_ path: String) -> Failure {
    Failure(
      .stalePlan,
      "the saved plan \(path.shownSafely) was made by an older version, whose digests have no key: anyone who has the file "
        + "can test guesses of secrets against it",
      remedy: "remove it and make a new plan: plan --workload ID --out FILE")
  }

  /// The failure of a file whose digests were made with another key than that of the database, which is at `place`.
  package static func otherKey(at place: String) -> Failure {
    failure(
      "the saved plan does not fit the key of this database's plans: it is of another database, or the key "
        + "(\(place.shownSafely)) was removed since")
  }

  private static func failure(_ message: String) -> Failure {
    Failure(.stalePlan, message, remedy: "make a new plan: plan --workload ID --out FILE")
  }

  // MARK: A workload

  /// The outcome for a workload that is no longer in the database.
  package static let missingWorkload = ApplyOutcome(
    .refused,
    message:
      "the saved plan no longer fits: the workload is no longer in the database; make a new "
      + "one without it: plan --workload ID --out FILE",
    isPlanStale: true)

  /// The outcome for a row that differs from the plan; `events` are the syncs that were recorded of it.
  package static func mismatch(
    _ planned: PlannedWorkload, _ mismatches: [PlanMismatch], events: [SyncEvent]
  ) -> ApplyOutcome {
    let clauses = mismatches.map { mismatch in
      mismatch.clause(last: events.last { mismatch.isRecorded(by: $0) })
    }
    return outcome(planned, clauses.joined(separator: "; "))
  }

  /// The outcome where the spec of the pinned commit has other bytes than the one that was planned from.
  package static func otherSpec(_ planned: PlannedWorkload) -> ApplyOutcome {
    outcome(
      planned,
      "the spec at commit \(ObjectID.short(planned.commit)) is not the one that was planned from")
  }

  /// The outcome where the pinned values are not those of the spec.
  package static func otherValues(_ planned: PlannedWorkload) -> ApplyOutcome {
    outcome(
      planned,
      "the plan's values are not those of the spec at commit \(ObjectID.short(planned.commit))")
  }

  private static func outcome(_ planned: PlannedWorkload, _ why: String) -> ApplyOutcome {
    ApplyOutcome(
      .refused,
      message: "the saved plan no longer fits: \(why); make a new one: plan --workload "
        + "\(ShellWord(planned.reference)) --out FILE", isPlanStale: true)
  }
}
