/// What a tool found out about one workload.
package struct WorkloadReport: Sendable {
  /// The five statuses of Tinyforge's panel, and one for sources that GitOps does not serve.
  package enum Status: String, Sendable, CaseIterable {
    case ok
    case noFile = "no_file"
    case fetchFailed = "fetch_failed"
    case invalid, disabled, ineligible
  }

  /// The row.
  package var workload: Workload
  /// Whether it could be looked at, and if not, why.
  package var status: Status
  /// Why the status is not `ok`, and what to do; empty otherwise.
  package var message: String
  /// The spec as it was read; nil where none was.
  package var spec: SpecSnapshot?
  /// Where the spec's forge shows it; nil where nobody asked, or it is not known.
  package var links: SpecLinks?
  /// What became of the spec's bytes, credentials masked; nil where there are none.
  package var decoded: DecodedSpec?
  /// The spec's text as it may be told, credentials masked; nil where there are no bytes.
  package var maskedText: [UInt8]?
  /// What a sync would change; nil unless the status is `ok`.
  package var plan: SyncPlan?
  /// Where the drifted fields come from, by name; empty where nobody looked.
  package var origins: [String: DriftOrigin] = [:]
  /// When the repository was last fetched, seconds since 1970; nil where nobody asked, or it is no
  /// mirror of another.
  package var fetchedAt: Int64?
  /// The repository was not fetched for longer than the run allows.
  package var isStale = false
  /// What is not drift and should be known all the same; sentences.
  package var notes: [String] = []
  /// What undoing a sync would change; nil where nobody asks for it.
  package var revert: RevertPlan?
  /// What apply did; nil in the other tools.
  package var outcome: ApplyOutcome?

  /// Creates one from its parts.
  package init(_ workload: Workload, _ status: Status, message: String = "") {
    self.workload = workload
    self.status = status
    self.message = message
  }

  /// The declared fields that the source honours, by name.
  package var managedFields: [String] { plan?.managed.map(\.field.name) ?? [] }

  /// The spec's text, for places in it, credentials masked; nil where there are no bytes.
  package var sourceText: SourceText? { maskedText.map { SourceText($0) } }
}

/// What apply did to one workload.
package struct ApplyOutcome: Sendable {
  /// What became of a workload.
  package enum Result: String, Sendable, CaseIterable { case applied, unchanged, refused, failed }

  /// What became of it.
  package var result: Result
  /// Why it was refused or failed; empty otherwise.
  package var message: String
  /// The row of `event_log` that audits the sync.
  package var eventID: Int64?
  /// Somebody else holds the lock or the database; the same call may succeed later.
  package var isBusy: Bool
  /// A saved plan no longer fits the workload.
  package var isStale: Bool
  /// A signal ended the run before the workload was done.
  package var isInterrupted = false

  /// Creates one from its parts.
  package init(
    _ result: Result, message: String = "", eventID: Int64? = nil, isBusy: Bool = false,
    isStale: Bool = false
  ) {
    self.isStale = isStale
    self.result = result
    self.message = message
    self.eventID = eventID
    self.isBusy = isBusy
  }
}
