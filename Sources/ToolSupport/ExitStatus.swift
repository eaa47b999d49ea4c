package import ArgumentParser
package import TinyforgeCore

/// The exit statuses that users, hooks and pipelines rely on.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  /// Nothing to report.
  case clean = 0
  /// Findings: an invalid spec, drift, changes pending, a sync refused by a rule.
  case findings = 1
  /// The tool could not do its job.
  case failed = 2
  /// Somebody else holds what is needed; try again later.
  case busy = 3
  /// A saved plan no longer fits what it was made for.
  case stalePlan = 4

  /// What it means, as help and manual pages say it.
  var meaning: String {
    switch self {
    case .clean: "success: nothing to report, or all is done"
    case .findings: "findings: an invalid spec, drift, pending changes, a refused sync"
    case .failed: "error: the tool could not do its job"
    case .busy: "try again later: a lock or the database is held"
    case .stalePlan: "stale plan: a saved plan no longer fits, or was changed"
    }
  }

  /// The more severe of two: a job not done, then a plan that does not fit, then one to try again, then
  /// findings.
  package func combined(with other: ExitStatus) -> ExitStatus {
    weight >= other.weight ? self : other
  }

  /// With `--exit-zero`, findings do not fail a pipeline; everything else still does.
  package func reportedOnly(_ exitZero: Bool) -> ExitStatus {
    exitZero && self == .findings ? .clean : self
  }

  /// As what a command throws to end with this status.
  package var code: ExitCode { ExitCode(rawValue) }

  private var weight: Int {
    switch self {
    case .clean: 0
    case .findings: 1
    case .busy: 2
    case .stalePlan: 3
    case .failed: 4
    }
  }
}

// MARK: The status of each report

extension ExitStatus {
  /// The status of a failure.
  package init(_ failure: Failure) {
    switch failure.code {
    case .busy: self = .busy
    case .stalePlan: self = .stalePlan
    default: self = .failed
    }
  }

  /// The status of a checked file.
  package init(_ report: LintReport) {
    if let failure = report.failure {
      self.init(failure)
    } else {
      self = report.decoded.findings.contains(where: report.counts) ? .findings : .clean
    }
  }

  /// The status of inspected workloads: one that could not be read outweighs findings.
  package init(inspected reports: [WorkloadReport]) {
    self = reports.reduce(.clean) { status, report in
      if report.status == .fetchFailed { return .failed }
      return status.combined(with: report.hasFindings ? .findings : .clean)
    }
  }

  /// The status of a drift run; a workload that could not be read is a finding if it does not fail the run.
  package init(_ summary: DriftSummary, unreadFailsRun: Bool = true) {
    if summary[.fetchFailed] > 0 {
      self = unreadFailsRun ? .failed : .findings
    } else {
      self = summary.hasFindings ? .findings : .clean
    }
  }

  /// The status of what was done to one workload.
  package init(_ outcome: ApplyOutcome) {
    switch outcome.result {
    case .applied, .unchanged: self = .clean
    case .refused: self = outcome.isPlanStale ? .stalePlan : .findings
    case .failed: self = outcome.isBusy ? .busy : .failed
    }
  }

  /// The status of a sync: the most severe of its workloads'; what a database that took the place of the written one
  /// lacks was not applied after all.
  package init(synced reports: [WorkloadReport], _ replacement: DatabaseReplacement? = nil) {
    let status = reports.reduce(ExitStatus.clean) { status, report in
      report.outcome.map { status.combined(with: ExitStatus($0)) } ?? status
    }
    self = replacement?.lacking.isEmpty == false ? status.combined(with: .failed) : status
  }

  /// The status of a sync that was only shown: of what would be changed, and of what would be refused.
  package init(previewed reports: [WorkloadReport]) {
    self = ExitStatus(inspected: reports).combined(with: ExitStatus(synced: reports))
  }

  /// The status of a revert; one that was only shown is a finding.
  package init(reverted report: WorkloadReport) {
    self = report.outcome.map { ExitStatus($0) } ?? .findings
  }

  /// The status of an examination: warnings alone are not findings.
  package init(_ report: DoctorReport) {
    self = report.count(.fault) > 0 ? .findings : .clean
  }

  /// The status of a list that failures leave gaps in.
  package init(gaps failures: [Failure]) {
    self = failures.isEmpty ? .clean : .failed
  }

  /// The status of a question that was not answered with yes.
  package static let notConfirmed = ExitStatus.findings
}
