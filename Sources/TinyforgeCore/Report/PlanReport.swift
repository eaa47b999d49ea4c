/// What a plan run found, as every format shows it.
package struct PlanReport: Sendable {
  /// In the order of the run.
  package var workloads: [WorkloadReport]
  /// When the run looked, RFC 3339 in UTC.
  package var generatedAt: String
  /// When the live values were taken, where a snapshot stood in for the database.
  package var snapshotTakenAt: String?
  /// The names of the servers whose workloads the run inspected.
  package var servers: [String] = []
  /// How many workloads were not inspected because a signal ended the run; nil where none did.
  package var missed: Int?

  /// Creates one from its parts.
  package init(
    workloads: [WorkloadReport], generatedAt: String, snapshotTakenAt: String? = nil,
    missed: Int? = nil
  ) {
    self.workloads = workloads
    self.generatedAt = generatedAt
    self.snapshotTakenAt = snapshotTakenAt
    self.missed = missed
  }
}
