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
  case stale = 4

  /// What it means, as help and manual pages say it.
  var meaning: String {
    switch self {
    case .clean: "success: nothing to report, or all is done"
    case .findings: "findings: an invalid spec, drift, pending changes, a refused sync"
    case .failed: "error: the tool could not do its job"
    case .busy: "try again later: a lock or the database is held"
    case .stale: "stale plan: a saved plan no longer fits, or was changed"
    }
  }

  /// The status of a failure.
  package init(_ failure: Failure) {
    switch failure.code {
    case .busy: self = .busy
    case .stale: self = .stale
    default: self = .failed
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
    case .stale: 3
    case .failed: 4
    }
  }
}
