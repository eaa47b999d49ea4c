/// The counts of what a drift run inspected; the summaries of several runs add up.
package struct DriftSummary: Sendable, Equatable {
  /// How many workloads there are.
  package var workloads = 0
  /// By status, each of which is there.
  package var statuses = Dictionary(
    uniqueKeysWithValues: WorkloadReport.Status.allCases.map { ($0, 0) })
  /// With at least one drifted field.
  package var drifted = 0
  /// Whose sync would be refused by a rule.
  package var refused = 0
  /// Whose mirror was not fetched for longer than the run allows.
  package var staleMirrors = 0
  /// Drifted fields by cause, each of which is there.
  package var causes = Dictionary(uniqueKeysWithValues: DriftCause.allCases.map { ($0, 0) })

  /// Creates one with its defaults.
  package init() {}

  /// Counts workloads.
  package init(of workloads: [ReportedWorkload]) {
    for workload in workloads { add(workload) }
  }

  /// How many have that status.
  package subscript(status: WorkloadReport.Status) -> Int { statuses[status, default: 0] }

  /// How many drifted fields have that cause.
  package subscript(cause: DriftCause) -> Int { causes[cause, default: 0] }

  /// Adds to the counts.
  package mutating func add(_ workload: ReportedWorkload) { count(workload, 1) }

  /// Takes from the counts a workload that is in them twice.
  package mutating func remove(_ workload: ReportedWorkload) { count(workload, -1) }

  private mutating func count(_ workload: ReportedWorkload, _ one: Int) {
    workloads += one
    statuses[workload.status, default: 0] += one
    if !workload.drift.isEmpty { drifted += one }
    if !workload.mergeFaults.isEmpty { refused += one }
    if workload.isMirrorStale { staleMirrors += one }
    for entry in workload.drift { causes[entry.cause, default: 0] += one }
  }

  /// Adds to the counts.
  package mutating func add(_ other: DriftSummary) {
    workloads += other.workloads
    drifted += other.drifted
    refused += other.refused
    staleMirrors += other.staleMirrors
    statuses.merge(other.statuses, uniquingKeysWith: +)
    causes.merge(other.causes, uniquingKeysWith: +)
  }

  /// There is something to do: see ``ReportedWorkload/hasFindings``.
  package var hasFindings: Bool {
    drifted + refused + staleMirrors + self[.noFile] + self[.invalid] > 0
  }
}
