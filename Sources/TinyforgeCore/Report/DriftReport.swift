/// What a drift run found, as every format shows it and as JSON carries it between runners.
///
/// Made of ``WorkloadReport``s, or read back from the JSON of other runs (`drift merge`), so it
/// holds no offsets and no live config: only what may be shown, credentials masked.
package struct DriftReport: Sendable, Equatable {
  /// In the order of the run; those that a filter left out are only in the summary.
  package var workloads: [ReportedWorkload]
  /// The counts of everything that was inspected.
  package var summary: DriftSummary
  /// When the run looked, RFC 3339 in UTC.
  package var generatedAt: String
  /// When the live values were taken, where a snapshot stood in for the database.
  package var snapshotTakenAt: String?
  /// Which part of the fleet the run inspected; nil for the whole.
  package var shard: FleetShard?
  /// The names of the servers whose workloads the run inspected; a merged report leaves them to its workloads.
  package var servers: [String] = []
  /// What a merged report lacks.
  package var gaps = DriftGaps()
  /// A signal ended the run before all workloads were inspected.
  package var isInterrupted = false
  /// How many workloads are left out because the form has no room for them.
  package var omitted = 0
  /// How many workloads were not inspected for that; not known of a report that was read back.
  package var missed = 0
  /// What the run found against an earlier report, as JSON has it; nil where it had none.
  ///
  /// `DriftTracking` makes and reads it, which lint-spec does not link.
  package var previous: JSONValue?

  /// `summary` defaults to the counts of `workloads`.
  package init(
    workloads: [ReportedWorkload], generatedAt: String, snapshotTakenAt: String? = nil,
    shard: FleetShard? = nil, summary: DriftSummary? = nil
  ) {
    self.workloads = workloads
    self.summary = summary ?? DriftSummary(of: workloads)
    self.generatedAt = generatedAt
    self.snapshotTakenAt = snapshotTakenAt
    self.shard = shard
  }

  /// The report's frame: nothing listed, nothing counted.
  package var withoutWorkloads: DriftReport {
    var frame = self
    frame.workloads = []
    frame.summary = DriftSummary()
    return frame
  }
}
