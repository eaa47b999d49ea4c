extension ReportedWorkload {
  /// Takes what may be shown of a report: places counted, credentials masked.
  package init(_ report: borrowing WorkloadReport) {
    let row = report.workload
    let (text, links, causes) = (report.text, report.links, report.causes)
    let declared = report.decoded?.declared ?? []
    let findings = report.decoded?.findings ?? []
    self.init(
      id: row.id, name: row.name, sourceKind: row.sourceKind, status: report.status,
      message: report.message,
      spec: report.spec.map { ReportedSpec($0, text: text, links: links) },
      managedFields: report.managedFields,
      drift: report.plan?.changes.map { ReportedDrift($0, declared, causes, text) } ?? [],
      mergeFaults: report.plan?.faults ?? [], notes: report.notes,
      findings: text.map { text in findings.map { ReportedFinding($0, text) } } ?? [],
      lastSyncAt: row.lastSyncAt, lastSyncCommit: row.lastSyncCommit,
      fetchedAt: report.fetchedAt.map(UTCTime.rfc3339), isMirrorStale: report.isMirrorStale,
      server: row.server)
    outcome = report.outcome
  }
}

extension ReportedSpec {
  /// `text` is the spec's, credentials masked.
  init(_ spec: SpecSnapshot, text: SourceText?, links: SpecLinks?) {
    self.init(
      path: spec.path, provenance: spec.provenance, repository: spec.repository,
      commit: spec.commit?.id,
      committedAt: spec.commit?.committedAt,
      subject: spec.commit?.subject.withoutCredentials, text: text, links: links)
  }
}

extension ReportedDrift {
  /// `declared` are the fields as they may be shown, and `text` is the spec's, credentials masked.
  init(
    _ entry: DriftEntry, _ declared: [DeclaredField], _ causes: [String: FieldCause],
    _ text: SourceText?
  ) {
    let range = (text ?? .empty).range(of: entry.declared.span)
    let value = declared.first { $0.field == entry.field }?.value ?? entry.repo
    let cause = causes[entry.field.name] ?? .unexplained
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
