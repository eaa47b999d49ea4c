package import TinyforgeCore

/// A form of drift reports that is written part by part, so that no run holds the text of a whole
/// fleet.
package protocol DriftParts: Sendable {
  /// The text before the workloads; the report has none yet, and no counts.
  func opening(_ report: DriftReport) -> String
  /// The text before a workload.
  func separator(isFirst: Bool) -> String
  func workload(_ workload: ReportedWorkload) -> String
  /// The text after the workloads; only the report's counts are read.
  func closing(_ report: DriftReport, isEmpty: Bool) -> String
}

extension DriftParts {
  /// The whole of a report.
  package func render(_ report: DriftReport) -> String {
    var text = opening(report)
    for (index, workload) in report.workloads.enumerated() {
      text += separator(isFirst: index == 0) + self.workload(workload)
    }
    return text + closing(report, isEmpty: report.workloads.isEmpty)
  }
}

/// Renders drift as `tinyforge.drift/v1`: one document, or a line for each workload.
package struct DriftJSON: DriftParts {
  /// How the report is laid out.
  package enum Layout: Sendable {
    /// One indented document.
    case document
    /// One object a line (JSON Lines): `run`, each `workload`, and `summary`, which marks the end.
    case lines
  }

  /// The value of a report's `schema`.
  package static let schema = "tinyforge.drift/v1"

  private let layout: Layout

  /// Creates one from its parts.
  package init(_ layout: Layout) { self.layout = layout }

  /// The whole of a report as one document.
  package static func render(_ report: DriftReport) -> String {
    DriftJSON(.document).render(report)
  }

  /// What is written before the first workload.
  package func opening(_ report: DriftReport) -> String {
    var members: [JSONValue.Member] = [
      .init("schema", .string(Self.schema)), .init("generated_at", .string(report.generatedAt)),
    ]
    if let taken = report.snapshotTakenAt {
      members.append(.init("snapshot_taken_at", .string(taken)))
    }
    members.append(servers: report.servers)
    if let shard = report.shard { members.append(.init("shard", .string(shard.text))) }
    switch layout {
    case .lines: return line("run", members)
    case .document:
      // The object is left open, at its last member's value.
      let opened = JSONWriter.indented(.object(members + [.init("workloads", .array([]))]))
      return String(opened.dropLast("]\n}".count))
    }
  }

  /// What is written between two workloads.
  package func separator(isFirst: Bool) -> String {
    switch layout {
    case .lines: ""
    case .document: isFirst ? "\n    " : ",\n    "
    }
  }

  /// One workload.
  package func workload(_ workload: ReportedWorkload) -> String {
    let members = Self.members(workload)
    switch layout {
    case .lines: return line("workload", members)
    case .document: return JSONWriter.indented(.object(members), level: 2)
    }
  }

  /// What is written after the last workload.
  package func closing(_ report: DriftReport, isEmpty: Bool) -> String {
    let members = Self.members(report.summary)
    let marks = Self.marks(report)
    guard layout == .document else { return line("summary", marks + members) }
    let rest = JSONWriter.indented(.object(marks + [.init("summary", .object(members))]))
    return (isEmpty ? "]," : "\n  ],") + rest.dropFirst() + "\n"
  }

  /// The members that say that the report is not whole, and how it compares with an earlier one.
  private static func marks(_ report: DriftReport) -> [JSONValue.Member] {
    var marks: [JSONValue.Member] = []
    if report.isInterrupted { marks.append(.init("interrupted", true)) }
    let gaps = report.gaps
    if let split = gaps.missing.first(where: \.servers.isEmpty) {
      marks.append(.init("missing_shards", shards(split)))
    }
    let named = gaps.missing.filter { !$0.servers.isEmpty }
    if !named.isEmpty {
      marks.append(.init("missing_shards_of_servers", .array(named.map(missing))))
    }
    if gaps.unusableReports > 0 {
      marks.append(.init("unusable_reports", .integer(gaps.unusableReports)))
    }
    if let previous = report.previous { marks.append(.init("previous", previous)) }
    return marks
  }

  private static func missing(_ split: DriftGaps.MissingShards) -> JSONValue {
    var members: [JSONValue.Member] = []
    members.append(servers: split.servers)
    return .object(members + [.init("shards", shards(split)), .init("of", .integer(split.count))])
  }

  private static func shards(_ split: DriftGaps.MissingShards) -> JSONValue {
    .array(split.indexes.map { .integer($0) })
  }

  private func line(_ type: String, _ members: [JSONValue.Member]) -> String {
    JSONWriter.compact(.object([.init("type", .string(type))] + members)) + "\n"
  }

  // MARK: Members

  private static func members(_ workload: ReportedWorkload) -> [JSONValue.Member] {
    var members = WorkloadJSON.common(workload, drift: workload.drift.map(drift))
    members += [
      .init("merged_errors", .array(workload.mergeFaults.map { .string($0) })),
      .init("notes", .array(workload.notes.map { .string($0) })),
    ]
    if let fetched = workload.fetchedAt {
      members += [.init("fetched_at", .string(fetched))]
    }
    return members + [.init("stale", .bool(workload.isMirrorStale))]
  }

  private static func drift(_ entry: ReportedDrift) -> JSONValue {
    var members = WorkloadJSON.compared(entry)
    if let base = entry.base { members.append(.init("base", base)) }
    members += [
      .init("cause", .string(entry.cause.rawValue)), .init("reason", .string(entry.reason)),
      .init("line", .integer(entry.line)), .init("column", .integer(entry.column)),
      .init("end_line", .integer(entry.endLine)), .init("end_column", .integer(entry.endColumn)),
      .init("touched", entry.touched.map(touch) ?? .null),
    ]
    if let untold = entry.untold { members.append(.init("untold", .string(untold))) }
    members.append(.init("synced_by", entry.syncedBy?.json ?? .null))
    if let since = entry.since {
      members.append(.init("first_seen", .string(UTCTime.rfc3339(since.firstSeen))))
      if !since.isCounted { members.append(.init("counted", false)) }
    }
    return .object(members)
  }

  private static func touch(_ touch: ReportedDrift.Touch) -> JSONValue {
    [
      "commit": .string(touch.commit), "authored_at": .string(touch.authoredAt),
      "author": .string(touch.author), "subject": .string(touch.subject),
    ]
  }

  private static func members(_ summary: DriftSummary) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = [.init("workloads", .integer(summary.workloads))]
    for status in WorkloadReport.Status.allCases {
      members.append(.init(status.rawValue, .integer(summary[status])))
    }
    members += [
      .init("drifted", .integer(summary.drifted)), .init("refused", .integer(summary.refused)),
      .init("stale", .integer(summary.staleMirrors)),
    ]
    let causes = DriftCause.allCases.map { JSONValue.Member($0.rawValue, .integer(summary[$0])) }
    return members + [.init("causes", .object(causes))]
  }
}
