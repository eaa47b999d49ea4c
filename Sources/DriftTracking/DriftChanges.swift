package import TinyforgeCore

/// What drifts that did not before, what lasts, and what drifts no more, against an earlier run.
package struct DriftChanges: Sendable, Equatable {
  /// When the earlier run looked; nil where there was none.
  package var previousAt: String?
  /// What did not drift before, in the order of the run.
  package var new: [TrackedDrift] = []
  /// What drifted before, in the order of the run.
  package var lasting: [TrackedDrift] = []
  /// What drifted before and does no more.
  package var resolved: [TrackedDrift] = []
  /// What drifted before and was not inspected, for the next run to know.
  package var unread: [TrackedDrift] = []

  /// Creates one without entries.
  package init(previousAt: String?) { self.previousAt = previousAt }

  /// What lasts and has another value than before.
  package var changed: [TrackedDrift] { lasting.filter(\.isChanged) }

  /// Joins those of several runs over parts of one fleet.
  ///
  /// What one run left unread another may have read.
  package static func joined(_ parts: [DriftChanges]) -> DriftChanges? {
    guard !parts.isEmpty else { return nil }
    var whole = DriftChanges(previousAt: parts.compactMap(\.previousAt).min())
    // A workload that two reports tell the same of counts once.
    var seen: Set<TrackedDrift.Key> = []
    func once(_ entries: [TrackedDrift]) -> [TrackedDrift] {
      entries.filter { seen.insert($0.fieldKey).inserted }.sorted(by: comesBefore)
    }
    whole.new = once(parts.flatMap(\.new))
    whole.lasting = once(parts.flatMap(\.lasting))
    whole.resolved = once(parts.flatMap(\.resolved))
    whole.unread = once(parts.flatMap(\.unread).sorted { $0.firstSeen < $1.firstSeen })
    return whole
  }

  /// In the order of the workloads in a report, then of the fields' names.
  static func comesBefore(_ left: TrackedDrift, _ right: TrackedDrift) -> Bool {
    left.key == right.key ? left.fieldKey < right.fieldKey : left.comesBefore(right)
  }
}

/// Compares a run with an earlier one, workload by workload.
package struct DriftComparison: Sendable {
  /// What was found so far.
  package private(set) var changes: DriftChanges
  private let previous: PreviousReport
  /// Fields whose live values are not known, by workload.
  private let withheld: [WorkloadKey: [String]]
  private var looked: Set<WorkloadKey> = []

  /// Begins a comparison.
  package init(_ tracker: DriftTracker, withheld: [WorkloadKey: [String]]) {
    previous = tracker.previous
    changes = DriftChanges(previousAt: tracker.previous.generatedAt)
    self.withheld = withheld
  }

  /// Adds a workload that ``DriftTracker/dated(_:)`` gave ages to.
  package mutating func add(_ workload: ReportedWorkload) {
    let key = workload.key
    looked.insert(key)
    let before = previous.entries[key] ?? []
    for entry in workload.drift { add(entry, of: workload, before) }
    for var entry in before where !workload.drifts(entry.field) {
      entry.name = workload.name
      entry.isChanged = false
      entry.isNewlyCounted = false
      entry.resolution = resolution(of: entry, in: workload, key)
      if entry.resolution == nil {
        changes.unread.append(entry)
      } else {
        changes.resolved.append(entry)
      }
    }
  }

  private mutating func add(
    _ entry: ReportedDrift, of workload: ReportedWorkload, _ before: [TrackedDrift]
  ) {
    guard let since = entry.since else { return }
    var tracked = TrackedDrift(entry, of: workload, firstSeen: since.firstSeen)
    guard let earlier = before.first(where: { $0.field.hasSameBytes(as: entry.field) }) else {
      return changes.new.append(tracked)
    }
    tracked.isChanged = earlier.repo != entry.repo || earlier.live != entry.live
    tracked.isNewlyCounted = tracked.isCounted && !earlier.isCounted
    changes.lasting.append(tracked)
  }

  /// Why a field drifts no more; nil where the run could not compare it.
  private func resolution(
    of entry: TrackedDrift, in workload: ReportedWorkload, _ key: WorkloadKey
  ) -> TrackedDrift.Resolution? {
    switch workload.status {
    case .fetchFailed, .noFile, .invalid: return nil
    case .disabled, .ineligible: return .notManaged
    case .ok: break
    }
    let isField = { (name: String) in name.hasSameBytes(as: entry.field) }
    if withheld[key]?.contains(where: isField) == true { return nil }
    return workload.managedFields.contains(where: isField) ? .inSync : .notManaged
  }

  /// Ends the comparison; `isGone` says of a workload that was not inspected whether the run was over all among which
  /// it would be.
  package mutating func finish(isGone: (WorkloadKey) -> Bool) {
    for (key, entries) in previous.entries where !looked.contains(key) {
      let isGone = isGone(key)
      for var entry in entries {
        entry.isChanged = false
        entry.isNewlyCounted = false
        entry.resolution = isGone ? .gone : nil
        if isGone { changes.resolved.append(entry) } else { changes.unread.append(entry) }
      }
    }
    changes.resolved.sort(by: DriftChanges.comesBefore)
    changes.unread.sort(by: DriftChanges.comesBefore)
  }
}

extension ReportedWorkload {
  fileprivate func drifts(_ field: String) -> Bool {
    drift.contains { $0.field.hasSameBytes(as: field) }
  }
}
