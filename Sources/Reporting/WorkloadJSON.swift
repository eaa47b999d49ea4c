package import TinyforgeCore

/// The tools that report on workloads, and what each adds to the common part.
package enum WorkloadTool: String, Sendable { case plan, drift, apply }

/// Renders workloads as `tinyforge.<tool>/v1` JSON.
package enum WorkloadJSON {
  /// One document for the whole run.
  package static func render(_ reports: [WorkloadReport], tool: WorkloadTool) -> String {
    let document: JSONValue = [
      "schema": .string("tinyforge.\(tool.rawValue)/v1"),
      "workloads": .array(reports.map { workload($0, tool: tool) }),
      "summary": summary(reports),
    ]
    return JSONWriter.indented(document) + "\n"
  }

  private static func workload(_ report: WorkloadReport, tool: WorkloadTool) -> JSONValue {
    let row = report.workload
    let text = report.sourceText
    var members: [JSONValue.Member] = [
      .init("id", .string(row.id)), .init("name", .string(row.name)),
      .init("source_kind", .string(row.sourceKind)),
      .init("status", .string(report.status.rawValue)), .init("message", .string(report.message)),
      .init("spec", report.spec.map { spec($0, text: text) } ?? .null),
      .init("managed_fields", .array(report.managedFields.map { .string($0) })),
      .init("drift", .array(report.plan?.changes.map { drift($0, text: text) } ?? [])),
      .init("last_sync_at", .string(row.lastSyncAt)),
      .init("last_sync_commit", .string(row.lastSyncCommit)),
    ]
    if let decoded = report.decoded, let text {
      members.append(.init("findings", .array(decoded.findings.map { LintJSON.finding($0, text) })))
    }
    switch tool {
    case .drift: break
    case .plan: members += plan(report)
    case .apply: members += apply(report)
    }
    return .object(members)
  }

  private static func spec(_ spec: SpecSnapshot, text: SourceText?) -> JSONValue {
    [
      "path": .string(spec.path), "origin": .string(spec.origin.rawValue),
      "repository": .optional(spec.repository), "commit": .optional(spec.commit?.id),
      "committed_at": .optional(spec.commit?.committedAt), "raw": .optional(text?.text),
    ]
  }

  private static func drift(_ entry: DriftEntry, text: SourceText?) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("field", .string(entry.field.name)), .init("repo", entry.repo.json),
      .init("live", entry.live ?? .null),
    ]
    if let start = text?.position(at: entry.declared.span.lowerBound) {
      members += [.init("line", .integer(start.line)), .init("column", .integer(start.column))]
    }
    return .object(members)
  }

  private static func plan(_ report: WorkloadReport) -> [JSONValue.Member] {
    [
      .init("changes", changes(report)),
      .init("merged_valid", report.plan.map { .bool($0.isValid) } ?? .null),
      .init("merged_errors", .array(report.plan?.faults.map { .string($0) } ?? [])),
    ]
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
    .array(report.plan?.changes.map { SyncAudit.change($0) } ?? [])
  }

  private static func summary(_ reports: [WorkloadReport]) -> JSONValue {
    var members: [JSONValue.Member] = [.init("workloads", .integer(reports.count))]
    for status in WorkloadReport.Status.allCases {
      let count = reports.count { $0.status == status }
      members.append(.init(status.rawValue, .integer(count)))
    }
    let changed = reports.count { $0.plan?.changes.isEmpty == false }
    members.append(.init("drifted", .integer(changed)))
    return .object(members)
  }
}
