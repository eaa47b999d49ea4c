import Reporting
import RunningProcess
package import TinyforgeCore

/// Joins the reports of several runs over parts of one fleet, or over the fleets of several servers; none is held as a whole.
///
/// Each report is read twice: a ``ScannedReport`` says what it holds, and ``MergedWorkloads`` gives its workloads again, one by one.
package struct DriftMerge: Sendable {
  private let reports: [ScannedReport]
  /// What brings the counts of workloads that several reports list to one each.
  private let correction: DriftSummary

  /// Takes reports.
  ///
  /// A workload that several list alike counts once. Throws where two tell different things of a workload, or are the same
  /// shard, and where they are shards of different splits of the same servers.
  package init(_ reports: [ScannedReport]) throws(Failure) {
    self.reports = reports
    try Self.checkShards(reports)
    correction = try RepeatedWorkloads(reports).correction()
  }

  private static func checkShards(_ reports: [ScannedReport]) throws(Failure) {
    var first: [[String]: (name: String, shard: FleetShard)] = [:]
    var names: [[String]: [FleetShard: String]] = [:]
    for report in reports {
      guard let shard = report.frame.shard else { continue }
      let (name, servers) = (report.name.shownSafely, report.frame.servers)
      let known = first[servers] ?? (name, shard)
      guard known.shard.count == shard.count else {
        throw Failure(
          .usage,
          "\(name) is shard \(shard.text), and \(known.name) is \(known.shard.text) of another split",
          remedy: "merge the shards of one split")
      }
      if let other = names[servers, default: [:]].updateValue(name, forKey: shard) {
        throw Failure(
          .usage, "\(name) and \(other) are both shard \(shard.text)",
          remedy: "merge one report for each shard")
      }
      first[servers] = known
    }
  }

  /// Which reports a signal ended early, in a sentence; nil where none did.
  package var interrupted: String? {
    let names = reports.filter(\.frame.isInterrupted).map(\.name.shownSafely)
    guard let first = names.first else { return nil }
    let more = names.count > 1 ? " and \(names.count - 1) more" : ""
    return "\(first)\(more): the run was interrupted, so the report lacks workloads; run it again"
  }

  /// The whole without its workloads: the counts of all, the earliest times, and what lacks.
  package var frame: DriftReport {
    var summary = DriftSummary()
    for report in reports { summary.add(report.frame.summary) }
    summary.add(correction)
    var whole = DriftReport(
      workloads: [], generatedAt: reports.map(\.frame.generatedAt).min() ?? "",
      snapshotTakenAt: reports.compactMap(\.frame.snapshotTakenAt).min(), summary: summary)
    whole.gaps = gaps
    return whole
  }

  /// What the reports lack: shards that were not given, and those of runs that a signal ended early.
  private var gaps: DriftGaps {
    var gaps = DriftGaps()
    var there: [[String]: (indexes: Set<Int>, count: Int)] = [:]
    for report in reports {
      guard let shard = report.frame.shard else { continue }
      there[report.frame.servers, default: ([], shard.count)].indexes.insert(shard.index)
    }
    gaps.missing = there.compactMap { servers, split in
      let missing = (1...split.count).filter { !split.indexes.contains($0) }
      return missing.isEmpty ? nil : .init(servers: servers, indexes: missing, count: split.count)
    }.sorted { $0.servers.lexicographicallyPrecedes($1.servers) }
    gaps.unusableReports = reports.count { $0.frame.isInterrupted || !$0.frame.gaps.isEmpty }
    return gaps
  }

  /// What the reports found against earlier ones; nil where none was compared with one.
  package var changes: DriftChanges? { DriftChanges.joined(reports.compactMap(\.changes)) }

  /// All workloads in the order of a report: by server, name and id.
  package func workloads() throws(Failure) -> MergedWorkloads { try MergedWorkloads(reports) }
}
