package import TinyforgeCore

/// The numbers of a run of plan or apply: each workload counts once, so they add up to all of them.
package struct WorkloadCounts {
  /// The result of a workload, the worst first.
  private enum Kind: CaseIterable {
    case failed, busy, unread, invalid, withoutSpec, refused, toChange, applied, unchanged,
      ineligible,
      disabled, synced, untried
  }

  private var numbers: [Kind: Int] = [:]
  private let whole: Int

  /// Counts; `untried` workloads are not among the reports, for the run had stopped.
  package init(_ reports: [WorkloadReport], untried: Int = 0) {
    whole = reports.count + untried
    for report in reports { numbers[Self.kind(report), default: 0] += 1 }
    numbers[.untried] = untried
  }

  private static func kind(_ report: WorkloadReport) -> Kind {
    if let outcome = report.outcome {
      switch outcome.result {
      case .applied: return .applied
      case .unchanged: return .unchanged
      case .refused: return .refused
      case .failed: return outcome.isBusy ? .busy : .failed
      }
    }
    switch report.status {
    case .ok: return planned(report)
    case .noFile: return .withoutSpec
    case .fetchFailed: return .unread
    case .invalid: return .invalid
    case .disabled: return .disabled
    case .ineligible: return .ineligible
    }
  }

  private static func planned(_ report: WorkloadReport) -> Kind {
    guard let plan = report.plan, plan.isValid else { return .refused }
    return plan.changes.isEmpty ? .synced : .toChange
  }

  /// In one sentence: `7 workloads: 1 refused, 2 applied, 4 not tried`.
  package func sentence(_ phrases: Phrases) -> String {
    let parts = Kind.allCases.compactMap { kind -> String? in
      guard let number = numbers[kind], number > 0 else { return nil }
      return "\(number) \(Self.words(for: kind, phrases))"
    }
    let all = phrases.workloads(whole)
    return parts.isEmpty ? all : "\(all): \(parts.joined(separator: ", "))"
  }

  private static func words(for kind: Kind, _ phrases: Phrases) -> String {
    switch kind {
    case .failed: phrases.countedFailed
    case .busy: phrases.countedBusy
    case .unread: phrases.countedUnread
    case .invalid: phrases.countedInvalid
    case .withoutSpec: phrases.countedWithoutSpec
    case .refused: phrases.refused
    case .toChange: phrases.toChange
    case .applied: phrases.applied(event: nil)
    case .unchanged: phrases.unchanged
    case .ineligible: phrases.countedIneligible
    case .disabled: phrases.countedDisabled
    case .synced: phrases.synced
    case .untried: phrases.countedUntried
    }
  }
}
