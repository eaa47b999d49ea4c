package import TinyforgeCore

/// Says since when each field drifts, by an earlier run's report.
package struct DriftTracker: Sendable {
  /// The earlier report.
  let previous: PreviousReport
  /// When this run looks, in seconds since 1970.
  let now: Int64
  /// How long a field has to drift to count; nil where each counts.
  let minimumAge: TimeSpan?

  /// Creates one from its parts.
  package init(_ previous: PreviousReport, now: Int64, minimumAge: TimeSpan?) {
    self.previous = previous
    self.now = now
    self.minimumAge = minimumAge
  }

  /// The workload with the age of its drift.
  package func dated(_ workload: ReportedWorkload) -> ReportedWorkload {
    guard !workload.drift.isEmpty else { return workload }
    var dated = workload
    let known = previous.entries[workload.key] ?? []
    for (index, entry) in workload.drift.enumerated() {
      let earlier = known.first { $0.field.hasSameBytes(as: entry.field) }
      let age = now - (earlier?.firstSeen ?? now)
      dated.drift[index].since = ReportedDrift.Since(
        firstSeen: now - age, age: age, isCounted: counts(age))
    }
    return dated
  }

  private func counts(_ age: Int64) -> Bool {
    minimumAge.map { .seconds(age) >= $0.duration } ?? true
  }
}

extension ReportedWorkload {
  /// The workload with the ages of its drift as of a time, for a report that was read back.
  package func aged(at now: Int64) -> ReportedWorkload {
    var aged = self
    for index in aged.drift.indices {
      guard let since = aged.drift[index].since else { continue }
      aged.drift[index].since?.age = max(0, now - since.firstSeen)
    }
    return aged
  }

  /// The workload without ages, which would be others at each run.
  package var withoutAges: ReportedWorkload {
    var plain = self
    for index in plain.drift.indices { plain.drift[index].since?.age = nil }
    return plain
  }

  /// The workload with notes instead of the drift that does not last long enough to count.
  package var withCountedDrift: ReportedWorkload {
    guard drift.contains(where: { $0.since?.isCounted == false }) else { return self }
    var counted = self
    counted.drift.removeAll { $0.since?.isCounted == false }
    for entry in drift {
      guard let since = entry.since, !since.isCounted else { continue }
      counted.notes.append(
        "\(entry.field.shownSafely) drifts, and does not count yet: first seen at "
          + "\(UTCTime.rfc3339(since.firstSeen)), spec \(JSONWriter.compact(entry.repo)), live "
          + JSONWriter.compact(entry.live))
    }
    return counted
  }
}
