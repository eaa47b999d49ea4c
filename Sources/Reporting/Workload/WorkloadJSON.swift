package import TinyforgeCore

/// The tools that write workloads here, and what each adds to the common part.
package enum WorkloadTool: String, Sendable { case plan, apply }

/// Renders workloads as `tinyforge.plan/v1` or `tinyforge.apply/v1`; drift has ``DriftJSON``.
package enum WorkloadJSON {
  /// One document for the whole run of plan.
  package static func render(_ plan: PlanReport) -> String {
    let portions = plan.workloads.mapPortions(of: 32) { portion in
      var parts = ""
      for report in portion { add(report, to: &parts, tool: .plan) }
      return parts
    }
    return document(
      portions.joined(separator: ","), of: plan.workloads, tool: .plan,
      servers: plan.servers, isInterrupted: plan.missed != nil,
      snapshotTakenAt: plan.snapshotTakenAt)
  }

  /// Adds a workload to the document's parts.
  package static func add(_ report: WorkloadReport, to parts: inout String, tool: WorkloadTool) {
    parts += parts.isEmpty ? "\n    " : ",\n    "
    parts += JSONWriter.indented(workload(report, tool: tool), level: 2)
  }

  /// The document of parts that were made before; `untried` workloads are not among them, for the run
  /// had stopped.
  package static func document(
    _ parts: String, of reports: [WorkloadReport], tool: WorkloadTool,
    servers: [String] = [], untried: Int = 0, isInterrupted: Bool = false,
    snapshotTakenAt: String? = nil,
    replacement: DatabaseReplacement? = nil
  ) -> String {
    let schema = JSONWriter.compact(.string("tinyforge.\(tool.rawValue)/v1"))
    let replaced = replacement.map {
      "\n  \"database_replaced\": \(JSONWriter.indented(self.replaced($0), level: 1)),"
    }
    let taken = snapshotTakenAt.map {
      "\n  \"snapshot_taken_at\": \(JSONWriter.compact(.string($0))),"
    }
    var named: [JSONValue.Member] = []
    named.append(servers: servers)
    let server = named.map {
      "\n  \(JSONWriter.compact(.string($0.name))): \(JSONWriter.indented($0.value, level: 1)),"
    }.joined()
    return """
      {
        "schema": \(schema),\(server)\(taken ?? "")\(isInterrupted ? "\n  \"interrupted\": true," : "")\(replaced ?? "")
        "workloads": [\(parts)\(reports.isEmpty ? "" : "\n  ")],
        "summary": \(JSONWriter.indented(summary(reports, tool, untried), level: 1))
      }

      """
  }

  private static func replaced(_ replacement: DatabaseReplacement) -> JSONValue {
    let value: JSONValue = [
      "lacking": .array(replacement.lacking.map { .string($0.id) }),
      "message": .string(replacement.failure ?? ""),
    ]
    let servers = replacement.lacking.compactMap(\.server)
    return servers.isEmpty
      ? value : value.adding("servers", .array(servers.map { .string($0) }))
  }

  private static func workload(_ report: WorkloadReport, tool: WorkloadTool) -> JSONValue {
    var workload = ReportedWorkload(report)
    // A workload of which nothing came has a reason, whichever of the two found it.
    if workload.message.isEmpty { workload.message = report.outcome?.message ?? "" }
    var members = common(workload, drift: workload.drift.map { .object(compared($0) + place($0)) })
    switch tool {
    case .plan: members += plan(report)
    case .apply: members += apply(report)
    }
    members.append(.init("notes", .array(workload.notes.map { .string($0) })))
    return .object(members)
  }

  /// What every tool reports of a workload; the entries of `drift` are the tool's own.
  static func common(_ workload: ReportedWorkload, drift: [JSONValue]) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    members.append("server", workload.server)
    members += [
      .init("id", .string(workload.id)), .init("name", .string(workload.name)),
      .init("source_kind", .string(workload.sourceKind)),
      .init("status", .string(workload.status.rawValue)),
      .init("message", .string(workload.message)),
      .init("spec", workload.spec.map(spec) ?? .null),
      .init("managed_fields", .array(workload.managedFields.map { .string($0) })),
      .init("drift", .array(drift)), .init("last_sync_at", .string(workload.lastSyncAt)),
      .init("last_sync_commit", .string(workload.lastSyncCommit)),
    ]
    if workload.spec?.text != nil {
      members.append(.init("findings", .array(workload.findings.map { LintJSON.finding($0) })))
    }
    return members
  }

  private static func spec(_ spec: ReportedSpec) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("path", .string(spec.path)), .init("origin", .string(spec.provenance.rawValue)),
      .init("repository", .optional(spec.repository)), .init("commit", .optional(spec.commit)),
      .init("committed_at", .optional(spec.committedAt)),
      .init("subject", .optional(spec.subject)), .init("raw", .optional(spec.text?.text)),
    ]
    if let links = spec.links { members.append(.init("links", self.links(links))) }
    return .object(members)
  }

  private static func links(_ links: SpecLinks) -> JSONValue {
    [
      "repository": .string(links.repository), "commit": .string(links.commit),
      "file": .string(links.file),
    ]
  }

  /// What an entry of drift compares.
  static func compared(_ entry: ReportedDrift) -> [JSONValue.Member] {
    [.init("field", .string(entry.field)), .init("repo", entry.repo), .init("live", entry.live)]
  }

  private static func place(_ entry: ReportedDrift) -> [JSONValue.Member] {
    [.init("line", .integer(entry.line)), .init("column", .integer(entry.column))]
  }

  private static func plan(_ report: WorkloadReport) -> [JSONValue.Member] {
    [
      .init("changes", changes(report)),
      .init("merged_valid", report.plan.flatMap(validity) ?? .null),
      .init("merged_errors", .array(report.plan?.faults.map { .string($0) } ?? [])),
    ]
  }

  /// Whether the merged config is valid; nil where that depends on what is not known.
  private static func validity(of plan: SyncPlan) -> JSONValue? {
    plan.isValid && !plan.isComplete ? nil : .bool(plan.isValid)
  }

  private static func apply(_ report: WorkloadReport) -> [JSONValue.Member] {
    [
      .init("result", .optional(report.outcome?.result.rawValue)),
      .init("result_message", .string(report.outcome?.message ?? "")),
      .init("changes", changes(report)),
      .init("event_id", report.outcome?.eventID.map { .integer($0) } ?? .null),
    ]
  }

  private static func changes(_ report: WorkloadReport) -> JSONValue {
    .array(report.plan?.changes.map(\.change.json) ?? [])
  }

  private static func summary(_ reports: [WorkloadReport], _ tool: WorkloadTool, _ untried: Int)
    -> JSONValue
  {
    var statuses: [WorkloadReport.Status: Int] = [:]
    var results: [ApplyOutcome.Result: Int] = [:]
    var changed = 0
    for report in reports {
      statuses[report.status, default: 0] += 1
      if let result = report.outcome?.result { results[result, default: 0] += 1 }
      if report.plan?.changes.isEmpty == false { changed += 1 }
    }
    var members: [JSONValue.Member] = [.init("workloads", .integer(reports.count))]
    for status in WorkloadReport.Status.allCases {
      members.append(.init(status.rawValue, .integer(statuses[status] ?? 0)))
    }
    members.append(.init("drifted", .integer(changed)))
    switch tool {
    case .plan:
      let refused = reports.count { $0.plan?.isValid == false }
      members.append(.init("refused", .integer(refused)))
    case .apply:
      for result in ApplyOutcome.Result.allCases {
        members.append(.init(result.rawValue, .integer(results[result] ?? 0)))
      }
      members.append(.init("untried", .integer(untried)))
      members.append(.init("selected", .integer(reports.count + untried)))
    }
    return .object(members)
  }
}
