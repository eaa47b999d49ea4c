package import TinyforgeCore

/// The result of a workload of a drift report: its status, and whether anything drifted; the worst
/// first.
package enum WorkloadVerdict: String, Sendable, CaseIterable, Comparable {
  case fetchFailed = "fetch_failed"
  case invalid
  case noFile = "no_file"
  case drifted
  /// Nothing drifted, and a sync would be refused all the same.
  case refused
  /// Nothing drifted as far as the mirror shows, which was not fetched for long.
  case staleMirror = "stale"
  case ineligible, disabled
  case declaresNothing = "declares_nothing"
  case inSync = "in_sync"

  /// The verdict on a workload.
  package init(_ workload: borrowing ReportedWorkload) {
    switch workload.status {
    case .fetchFailed: self = .fetchFailed
    case .invalid: self = .invalid
    case .noFile: self = .noFile
    case .ineligible: self = .ineligible
    case .disabled: self = .disabled
    case .ok where !workload.drift.isEmpty: self = .drifted
    case .ok where !workload.mergeFaults.isEmpty: self = .refused
    case .ok where workload.isMirrorStale: self = .staleMirror
    case .ok: self = workload.managedFields.isEmpty ? .declaresNothing : .inSync
    }
  }

  /// Whether a verdict is milder.
  package static func < (left: WorkloadVerdict, right: WorkloadVerdict) -> Bool {
    left.weight > right.weight
  }

  /// How bad it is; more is worse.
  private var weight: Int { Self.allCases.count - (Self.allCases.firstIndex(of: self) ?? 0) }

  /// How it looks on a terminal.
  var role: TextStyle.Role {
    switch self {
    case .fetchFailed, .invalid: .error
    case .noFile, .drifted, .refused, .staleMirror: .warning
    case .ineligible, .disabled, .declaresNothing: .faint
    case .inSync: .good
    }
  }

  /// Whether somebody has to do something.
  package var needsAttention: Bool { self < .ineligible }
}

extension DriftReport {
  /// The workloads in the order of their verdicts, the worst first; alike ones in the run's order.
  package var worstFirst: [ReportedWorkload] {
    var groups: [WorkloadVerdict: [ReportedWorkload]] = [:]
    for workload in workloads { groups[WorkloadVerdict(workload), default: []].append(workload) }
    return WorkloadVerdict.allCases.flatMap { groups[$0] ?? [] }
  }
}
