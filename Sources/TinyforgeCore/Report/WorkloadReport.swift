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
  /// Whether it could be inspected, and if not, why.
  package var status: Status
  /// Why the status is not `ok`, and what to do; empty otherwise.
  package var message: String
  /// The spec as it was read; nil where none was.
  package var spec: SpecSnapshot?
  /// The spec's pages on its forge; nil if they were not asked for, or are not known.
  package var links: SpecLinks?
  /// What became of the spec's bytes, credentials masked; nil where there are none.
  package var decoded: DecodedSpec?
  /// The spec's text with its credentials masked; nil where it has none.
  package var maskedText: SourceText?
  /// What a sync would change; nil unless the status is `ok`.
  package var plan: SyncPlan?
  /// The causes of the drifted fields, by name; empty if they were not looked for.
  package var causes: [String: FieldCause] = [:]
  /// When the repository was last fetched, seconds since 1970; nil if not asked for, or it is not a
  /// mirror of another.
  package var fetchedAt: Int64?
  /// The repository was not fetched for longer than the run allows.
  package var isMirrorStale = false
  /// What is not drift and should be known all the same; sentences.
  package var notes: [String] = []
  /// What undoing a sync would change; nil if that was not asked for.
  package var revert: RevertPlan?
  /// What apply did; nil in the other tools.
  package var outcome: ApplyOutcome?

  /// Creates one from its parts.
  package init(_ workload: Workload, _ status: Status, message: String = "") {
    self.workload = workload
    self.status = status
    self.message = message
  }

  /// Creates the report of a row that GitOps cannot work on.
  package init(_ workload: Workload, refusedFor refusal: GitOpsWorkload.Refusal) {
    self.init(workload, refusal.status, message: refusal.message)
  }

  /// The spec's text, credentials masked; nil where there are no bytes.
  ///
  /// Made of the spec's bytes when it is asked for: kept decoded, the texts of ten thousand workloads would take a
  /// tenth of the memory of a run.
  package var text: SourceText? {
    guard decoded != nil, case .file(let bytes)? = spec?.content else { return nil }
    return maskedText ?? SourceText(bytes)
  }

  /// The declared fields that the source honours, by name.
  package var managedFields: [String] { plan?.managed.map(\.field.name) ?? [] }

  /// Whether something is to be done: drift, an invalid or absent spec, a sync that would be refused.
  package var hasFindings: Bool {
    switch status {
    case .ok: plan.map { !$0.changes.isEmpty || !$0.isValid } ?? false
    case .noFile, .invalid: true
    case .fetchFailed, .disabled, .ineligible: false
    }
  }
}
