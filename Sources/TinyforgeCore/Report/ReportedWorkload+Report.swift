extension ReportedWorkload {
  /// Takes what may be shown of a report: places counted, credentials masked.
  package init(_ report: WorkloadReport) {
    let row = report.workload
    let text = report.text
    self.init(
      id: row.id, name: row.name, sourceKind: row.sourceKind, status: report.status,
      message: report.message, spec: report.spec.map { ReportedSpec($0, text: text) },
      managedFields: report.managedFields, mergeFaults: report.plan?.faults ?? [],
      notes: report.notes, lastSyncAt: row.lastSyncAt, lastSyncCommit: row.lastSyncCommit,
      fetchedAt: report.fetchedAt.map(UTCTime.rfc3339), isMirrorStale: report.isMirrorStale,
      server: row.server)
    drift = report.plan?.changes.map { ReportedDrift($0, of: report, text) } ?? []
    spec?.links = report.links
    outcome = report.outcome
    if let text, let decoded = report.decoded {
      findings = decoded.findings.map { ReportedFinding($0, text) }
    }
  }
}

extension ReportedSpec {
  /// `text` is the spec's, credentials masked.
  init(_ spec: SpecSnapshot, text: SourceText?) {
    self.init(
      path: spec.path, provenance: spec.provenance, repository: spec.repository,
      commit: spec.commit?.id,
      committedAt: spec.commit?.committedAt,
      subject: spec.commit?.subject.withoutCredentials, text: text)
  }
}

extension ReportedDrift {
  init(_ entry: DriftEntry, of report: WorkloadReport, _ text: SourceText?) {
    let range = (text ?? .empty).range(of: entry.declared.span)
    let value = report.decoded?.declared.first { $0.field == entry.field }?.value ?? entry.repo
    let cause = report.causes[entry.field.name] ?? .unexplained
    self.init(
      field: entry.field.name, repo: value.json.withoutCredentials,
      live: (entry.live ?? .null).withoutCredentials, base: cause.base?.json.withoutCredentials,
      cause: cause.cause, reason: cause.reason,
      line: range.start.line, column: range.start.column, endLine: range.end.line,
      endColumn: range.end.column, touched: cause.touched, untold: cause.untold,
      syncedBy: cause.syncedBy)
  }
}

extension ReportedFinding {
  /// `text` is what the finding points into.
  package init(_ finding: Finding, _ text: SourceText) {
    let range = text.range(of: finding.span ?? 0..<0)
    self.init(
      code: finding.code.id, severity: finding.severity, message: finding.message,
      help: finding.help, isFixable: finding.fix != nil, line: range.start.line,
      column: range.start.column, endLine: range.end.line, endColumn: range.end.column,
      related: finding.related.map { related in
        let range = text.range(of: related.span)
        return Related(
          message: related.message, line: range.start.line, column: range.start.column,
          endLine: range.end.line, endColumn: range.end.column)
      })
    isOnWholeFile = finding.span == nil
  }
}
