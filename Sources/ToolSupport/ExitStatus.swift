package import ArgumentParser
package import TinyforgeCore

/// The exit statuses that users, hooks and pipelines rely on.
package enum ExitStatus: Int32, Sendable {
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

  /// The status of a failure.
  package init(_ failure: Failure) {
    switch failure.code {
    case .busy: self = .busy
    case .stale: self = .stale
    default: self = .failed
    }
  }

  /// The graver of two: a job not done outweighs a plan that does not fit, that one to try again,
  /// and that findings.
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
