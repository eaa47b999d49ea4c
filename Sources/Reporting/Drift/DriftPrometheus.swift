package import TinyforgeCore

/// Renders drift as Prometheus' text format, for node_exporter's textfile collector.
///
/// Names and help stay in English: queries and dashboards rest on them.
package struct DriftPrometheus {
  /// Creates one with its defaults.
  package init() {}

  /// Renders the report.
  package func render(_ report: DriftReport) -> String {
    (run(report) + fleet(report) + workloads(report.workloads)).map(\.text).joined()
  }

  /// A metric with its samples; all are gauges.
  private struct Metric {
    var name: String
    var help: String
    var samples: [(labels: [(String, String)], value: Int64)]

    /// The metric as text; empty if it has no sample, since the format has no metric without one.
    var text: String {
      guard !samples.isEmpty else { return "" }
      let lines = samples.map { sample in
        let labels = sample.labels.map { "\($0.0)=\"\(PrometheusText.label($0.1))\"" }
        let set = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
        return "tinyforge_drift_\(name)\(set) \(sample.value)\n"
      }
      return "# HELP tinyforge_drift_\(name) \(help)\n# TYPE tinyforge_drift_\(name) gauge\n"
        + lines.joined()
    }
  }

  private func run(_ report: DriftReport) -> [Metric] {
    let server = Self.label(report.servers.onlyServer)
    return [
      Metric(
        name: "run_timestamp_seconds", help: "When drift looked last, in seconds since 1970.",
        samples: Self.time(report.generatedAt, server)),
      Metric(
        name: "snapshot_timestamp_seconds",
        help: "When the snapshot that stood in for the database was taken.",
        samples: Self.time(report.snapshotTakenAt ?? "", server)),
      Metric(
        name: "incomplete", help: "1 where a merged report lacks shards or reports.",
        samples: [(server, report.gaps.isEmpty ? 0 : 1)]),
    ]
  }

  private func fleet(_ report: DriftReport) -> [Metric] {
    let (summary, server) = (report.summary, Self.label(report.servers.onlyServer))
    return [
      Metric(
        name: "workloads", help: "Workloads that drift inspected, by status.",
        samples: WorkloadReport.Status.allCases.map {
          (server + [("status", $0.rawValue)], Int64(summary[$0]))
        }),
      Metric(
        name: "drifted_workloads", help: "Workloads with at least one drifted field.",
        samples: [(server, Int64(summary.drifted))]),
      Metric(
        name: "refused_workloads", help: "Workloads whose sync would be refused.",
        samples: [(server, Int64(summary.refused))]),
      Metric(
        name: "stale_workloads", help: "Workloads whose mirror was not fetched for too long.",
        samples: [(server, Int64(summary.staleMirrors))]),
      Metric(
        name: "fields", help: "Drifted fields, by cause.",
        samples: DriftCause.allCases.map {
          (server + [("cause", $0.rawValue)], Int64(summary[$0]))
        }),
    ]
  }

  private func workloads(_ workloads: [ReportedWorkload]) -> [Metric] {
    let labels = { (workload: ReportedWorkload) in
      Self.label(workload.server) + [("id", workload.id), ("name", workload.name)]
    }
    return [
      Metric(
        name: "workload_status", help: "Always 1; the label is the workload's status.",
        samples: workloads.map { (labels($0) + [("status", $0.status.rawValue)], 1) }),
      Metric(
        name: "workload_drifted_fields", help: "Declared fields whose live value differs.",
        samples: workloads.filter { $0.status == .ok }
          .map { (labels($0), Int64($0.drift.count)) }),
      Metric(
        name: "workload_managed_fields", help: "Declared fields that the source honours.",
        samples: workloads.filter { $0.status == .ok }
          .map { (labels($0), Int64($0.managedFields.count)) }),
      Metric(
        name: "since_timestamp_seconds",
        help: "When a drifted field was first seen to drift, with --previous.",
        samples: workloads.flatMap { workload in
          workload.drift.compactMap { entry in
            entry.since.map { (labels(workload) + [("field", entry.field)], $0.firstSeen) }
          }
        }),
      Metric(
        name: "workload_last_sync_timestamp_seconds",
        help: "When the workload was synced last; absent before its first sync.",
        samples: workloads.flatMap { workload in
          Self.time(workload.lastSyncAt, labels(workload))
        }),
    ]
  }

  /// Nothing if it is not RFC 3339 in UTC.
  private static func time(_ text: String, _ labels: [(String, String)])
    -> [(labels: [(String, String)], value: Int64)]
  {
    UTCTime.seconds(ofRFC3339: text).map { [(labels, $0)] } ?? []
  }

  /// The label of a server, without which two runs on one host would give the same metrics; none where none is named.
  private static func label(_ server: String?) -> [(String, String)] {
    server.map { [("server", $0)] } ?? []
  }
}
