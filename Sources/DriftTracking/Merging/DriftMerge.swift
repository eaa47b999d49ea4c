package import TinyforgeCore

/// Joins the reports of several runs over parts of one fleet.
package struct DriftMerge: Sendable {
  private var parts: [(name: String, report: DriftReport)] = []
  /// Which report lists each workload.
  private var owners: [WorkloadKey: String] = [:]

  /// Creates one with its defaults.
  package init() {}

  /// Adds a report; `name` is what failures call it.
  ///
  /// Throws where it lists a workload, or is a shard, that another one is already, and where it is
  /// a shard of another split.
  package mutating func add(_ report: DriftReport, name: String) throws(Failure) {
    if let shard = report.shard { try check(shard, name) }
    var repeated: [String] = []
    for workload in report.workloads {
      if let owner = owners.updateValue(name, forKey: WorkloadKey(workload.id)) {
        repeated.append("\(workload.id.shownSafely) (also in \(owner.shownSafely))")
      }
    }
    guard repeated.isEmpty else {
      let more = repeated.count > 3 ? " and \(repeated.count - 3) more" : ""
      throw Failure(
        .usage,
        "\(name.shownSafely) lists workloads that another report lists: "
          + repeated.prefix(3).joined(separator: ", ") + more,
        remedy: "merge one report for each shard of one split")
    }
    parts.append((name, report))
  }

  private func check(_ shard: FleetShard, _ name: String) throws(Failure) {
    for (other, report) in parts {
      guard let known = report.shard else { continue }
      guard known.count == shard.count else {
        throw Failure(
          .usage,
          "\(name.shownSafely) is shard \(shard.text), and \(other.shownSafely) is \(known.text) of "
            + "another split", remedy: "merge the shards of one split")
      }
      guard known.index != shard.index else {
        throw Failure(
          .usage,
          "\(name.shownSafely) and \(other.shownSafely) are both shard \(shard.text)",
          remedy: "merge one report for each shard")
      }
    }
  }

  /// Which reports a signal ended early, in a sentence; nil where none did.
  package var interrupted: String? {
    let names = parts.filter(\.report.isInterrupted).map(\.name.shownSafely)
    guard let first = names.first else { return nil }
    let more = names.count > 1 ? " and \(names.count - 1) more" : ""
    return "\(first)\(more): the run was interrupted, so the report lacks workloads; run it again"
  }

  /// All workloads in the order of a database, by name and id; the times are the earliest.
  package var whole: DriftReport {
    var summary = DriftSummary()
    for part in parts { summary.add(part.report.summary) }
    var whole = DriftReport(
      workloads: parts.flatMap(\.report.workloads).sorted(by: Self.comesBefore),
      generatedAt: parts.map(\.report.generatedAt).min() ?? "",
      snapshotTakenAt: parts.compactMap(\.report.snapshotTakenAt).min(), summary: summary)
    whole.gaps = gaps
    return whole
  }

  /// What the reports lack: shards that were not given, and those of runs that a signal ended early.
  private var gaps: DriftGaps {
    var gaps = DriftGaps()
    let shards = parts.compactMap(\.report.shard)
    let there = Set(shards.map(\.index))
    gaps.shardCount = shards.first?.count ?? 0
    gaps.missingShards = (0..<gaps.shardCount).map { $0 + 1 }.filter { !there.contains($0) }
    gaps.unusableReports = parts.count { $0.report.isInterrupted || !$0.report.gaps.isEmpty }
    return gaps
  }

  /// As SQLite compares text: byte by byte.
  private static func comesBefore(_ left: ReportedWorkload, _ right: ReportedWorkload) -> Bool {
    if left.name.hasSameBytes(as: right.name) {
      return left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
    }
    return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
  }
}
