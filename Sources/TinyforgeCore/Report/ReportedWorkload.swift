/// One workload of a drift report.
package struct ReportedWorkload: WorkloadNamed, Sendable, Equatable {
  /// The workload's server; nil where the run names none.
  package var server: String?
  /// The workload's id.
  package var id: String
  /// The display name; empty where there is none.
  package var name: String
  /// What the workload is built from, as stored.
  package var sourceKind: String
  /// Whether it could be inspected, and if not, why.
  package var status: WorkloadReport.Status
  /// Why the status is not `ok`, and what to do; empty otherwise.
  package var message: String
  /// The spec as it was read; nil where none was.
  package var spec: ReportedSpec?
  /// The declared fields that the source honours, in the order of the field table.
  package var managedFields: [String]
  /// The fields whose live values differ.
  package var drift: [ReportedDrift]
  /// Why a sync would be refused, one sentence a fault; empty where it would not.
  package var mergeFaults: [String]
  /// What is not drift and should be known all the same, such as a forced recreate or a mirror that
  /// was not fetched for long; sentences.
  package var notes: [String]
  /// What the reading of the spec found.
  package var findings: [ReportedFinding]
  /// RFC 3339, or empty before the first sync.
  package var lastSyncAt: String
  /// The last synced commit, or empty before the first sync.
  package var lastSyncCommit: String
  /// When the repository was last fetched, RFC 3339 in UTC; nil if not asked for, or it is not a
  /// mirror of another.
  package var fetchedAt: String?
  /// The repository was not fetched for longer than the run allows.
  package var isMirrorStale: Bool
  /// What apply did; nil in reports of the other tools.
  package var outcome: ApplyOutcome?

  /// Creates one from its parts.
  package init(
    id: String, name: String = "", sourceKind: String, status: WorkloadReport.Status,
    message: String = "", spec: ReportedSpec? = nil, managedFields: [String] = [],
    drift: [ReportedDrift] = [], mergeFaults: [String] = [], notes: [String] = [],
    findings: [ReportedFinding] = [], lastSyncAt: String = "", lastSyncCommit: String = "",
    fetchedAt: String? = nil, isMirrorStale: Bool = false, server: String? = nil
  ) {
    self.server = server
    self.id = id
    self.name = name
    self.sourceKind = sourceKind
    self.status = status
    self.message = message
    self.spec = spec
    self.managedFields = managedFields
    self.drift = drift
    self.mergeFaults = mergeFaults
    self.notes = notes
    self.findings = findings
    self.lastSyncAt = lastSyncAt
    self.lastSyncCommit = lastSyncCommit
    self.fetchedAt = fetchedAt
    self.isMirrorStale = isMirrorStale
  }

  /// There is something to do: drift, an invalid or absent spec, a sync that would be refused, a
  /// mirror that was not fetched.
  package var hasFindings: Bool {
    switch status {
    case .ok: !drift.isEmpty || !mergeFaults.isEmpty || isMirrorStale
    case .noFile, .invalid: true
    case .fetchFailed, .disabled, .ineligible: isMirrorStale
    }
  }
}
