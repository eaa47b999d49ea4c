package import TinyforgeCore

/// Joins the reports of several runs over parts of one fleet, or over the fleets of several servers.
package struct DriftMerge: Sendable {
  private var parts: [(name: String, report: DriftReport)] = []
  /// Which report lists each workload, and at which place.
  private var places: [WorkloadKey: (part: Int, index: Int)] = [:]

  /// Creates one with its defaults.
  package init() {}

  /// Adds a report; `name` is what failures call it.
  ///
  /// A workload that another report lists alike counts once.
  /// Throws where another report tells something else of a workload, or is the same shard, and where it is a shard of
  /// another split of the same servers.
  package mutating func add(_ report: DriftReport, name: String) throws(Failure) {
    if let shard = report.shard { try check(shard, of: report.servers, name) }
    var whole = report
    whole.workloads = []
    var differing: [(workload: ReportedWorkload, owner: String)] = []
    for workload in report.workloads {
      guard let place = places[workload.key] else {
        places[workload.key] = (parts.count, whole.workloads.count)
        whole.workloads.append(workload)
        continue
      }
      let owner = place.part < parts.count ? parts[place.part] : (name: name, report: whole)
      whole.summary.remove(workload.withCountedDrift)
      if owner.report.workloads[place.index] != workload {
        differing.append((workload, owner.name))
      }
    }
    if let first = differing.first {
      throw Self.failure(first.workload, name, first.owner, more: differing.count - 1)
    }
    parts.append((name, whole))
  }

  private static func failure(
    _ workload: ReportedWorkload, _ name: String, _ owner: String, more: Int
  ) -> Failure {
    Failure(
      .usage,
      "\(name.shownSafely) and \(owner.shownSafely) tell different things of the same workload: "
        + workload.title.shownSafely + (more > 0 ? " and \(more) more" : ""),
      remedy: """
        merge one report for each shard of one split; if the workloads are of several servers, make the reports of each with \
        drift --server-name NAME
        """)
  }

  private func check(_ shard: FleetShard, of servers: [String], _ name: String) throws(Failure) {
    for (other, report) in parts where report.servers == servers {
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

  /// All workloads in the order of a report: by server, name and id; the times are the earliest.
  package var whole: DriftReport {
    var summary = DriftSummary()
    for part in parts { summary.add(part.report.summary) }
    var whole = DriftReport(
      workloads: parts.flatMap(\.report.workloads).sorted { $0.comesBefore($1) },
      generatedAt: parts.map(\.report.generatedAt).min() ?? "",
      snapshotTakenAt: parts.compactMap(\.report.snapshotTakenAt).min(), summary: summary)
    whole.gaps = gaps
    return whole
  }

  /// What the reports lack: shards that were not given, and those of runs that a signal ended early.
  private var gaps: DriftGaps {
    var gaps = DriftGaps()
    var there: [[String]: (indexes: Set<Int>, count: Int)] = [:]
    for (_, report) in parts {
      guard let shard = report.shard else { continue }
      there[report.servers, default: ([], shard.count)].indexes.insert(shard.index)
    }
    gaps.missing = there.compactMap { servers, split in
      let missing = (1...split.count).filter { !split.indexes.contains($0) }
      return missing.isEmpty ? nil : .init(servers: servers, indexes: missing, count: split.count)
    }.sorted { $0.servers.lexicographicallyPrecedes($1.servers) }
    gaps.unusableReports = parts.count { $0.report.isInterrupted || !$0.report.gaps.isEmpty }
    return gaps
  }
}
