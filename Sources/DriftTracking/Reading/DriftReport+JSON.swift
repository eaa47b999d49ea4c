import Reporting
import TinyforgeCore

extension DriftReport {
  /// Reads what is beside the workloads, of which so many are listed.
  init(frame fields: JSONFields, listed: Int) throws(JSONFields.Misfit) {
    var shard: FleetShard?
    if let text = try fields.optionalText("shard") {
      shard = FleetShard(text)
      if shard == nil { throw fields.misfit("shard", "is not I/N") }
    }
    self.init(
      workloads: try fields.list("workloads", ReportedWorkload.init),
      generatedAt: try fields.text("generated_at"),
      snapshotTakenAt: try fields.optionalText("snapshot_taken_at"), shard: shard,
      summary: try DriftSummary(try fields.object("summary")))
    isInterrupted = fields.any("interrupted") == true
    servers = try fields.servers()
    _ = try fields.optionalObject("previous")
    // A merged report that lacks something is itself one that lacks something.
    let marks = ["missing_shards", "missing_shards_of_servers", "unusable_reports"]
    if marks.contains(where: { fields.any($0) != .null }) {
      gaps.unusableReports = 1
    }
    guard summary.workloads >= listed else {
      throw fields.misfit("summary.workloads", "is less than the workloads that are listed")
    }
  }
}

extension DriftSummary {
  fileprivate init(_ fields: JSONFields) throws(JSONFields.Misfit) {
    self.init()
    workloads = try fields.count("workloads")
    for status in WorkloadReport.Status.allCases {
      statuses[status] = try fields.count(status.rawValue)
    }
    drifted = try fields.count("drifted")
    refused = try fields.count("refused")
    staleMirrors = try fields.count("stale")
    let counts = try fields.object("causes")
    for cause in DriftCause.allCases {
      // Reports of earlier versions do not count it.
      let isCounted = cause != .reverted || counts.any(cause.rawValue) != .null
      causes[cause] = isCounted ? try counts.count(cause.rawValue) : 0
    }
  }
}

extension ReportedWorkload {
  /// Reads a workload back.
  init(_ fields: JSONFields) throws(JSONFields.Misfit) {
    self.init(
      id: try fields.text("id"), name: try fields.text("name"),
      sourceKind: try fields.text("source_kind"),
      status: try fields.choice("status", WorkloadReport.Status.self),
      message: try fields.text("message"),
      managedFields: try fields.texts("managed_fields"),
      mergeFaults: try fields.texts("merged_errors"), notes: try fields.texts("notes"),
      lastSyncAt: try fields.text("last_sync_at"),
      lastSyncCommit: try fields.text("last_sync_commit"),
      fetchedAt: try fields.optionalText("fetched_at"), isMirrorStale: try fields.flag("stale"),
      server: try fields.server())
    if let spec = try fields.optionalObject("spec") { self.spec = try ReportedSpec(spec) }
    drift = try fields.list("drift") { (item) throws(JSONFields.Misfit) in
      try ReportedDrift(item)
    }
    findings = try fields.list("findings") { (item) throws(JSONFields.Misfit) in
      try ReportedFinding(item)
    }
  }
}

extension ReportedSpec {
  fileprivate init(_ fields: JSONFields) throws(JSONFields.Misfit) {
    self.init(
      path: try fields.text("path"),
      provenance: try fields.choice("origin", SpecSnapshot.Provenance.self),
      repository: try fields.optionalText("repository"),
      commit: try fields.optionalText("commit"),
      committedAt: try fields.optionalText("committed_at"),
      subject: try fields.optionalText("subject"),
      text: try fields.optionalText("raw").map { SourceText(scalars: Array($0.unicodeScalars)) })
    guard fields.any("links") != .null, let links = try fields.optionalObject("links") else {
      return
    }
    // A report comes from outside: only a plain address becomes a link.
    self.links = SpecLinks(
      repository: try links.text("repository"), commit: try links.text("commit"),
      file: try links.text("file"))
  }
}

extension ReportedDrift {
  fileprivate init(_ fields: JSONFields) throws(JSONFields.Misfit) {
    self.init(
      field: try fields.text("field"), repo: fields.any("repo"), live: fields.any("live"),
      base: fields.any("base") == .null ? nil : fields.any("base"),
      cause: try fields.choice("cause", DriftCause.self), reason: try fields.text("reason"),
      line: try fields.count("line"), column: try fields.count("column"),
      endLine: try fields.count("end_line"), endColumn: try fields.count("end_column"),
      untold: try fields.optionalText("untold"))
    if let touch = try fields.optionalObject("touched") {
      touched = Touch(
        commit: try touch.text("commit"), authoredAt: try touch.text("authored_at"),
        author: try touch.text("author"), subject: try touch.text("subject"))
    }
    if let event = try fields.optionalObject("synced_by") { syncedBy = try SyncEvent(event) }
    if fields.any("first_seen") != .null {
      since = Since(
        firstSeen: try fields.seconds("first_seen"), age: nil,
        isCounted: fields.any("counted") != false)
    }
  }
}

extension ReportedFinding {
  fileprivate init(_ fields: JSONFields) throws(JSONFields.Misfit) {
    self.init(
      code: try fields.text("code"), severity: try fields.choice("severity", Severity.self),
      message: try fields.text("message"), help: try fields.optionalText("help"),
      isFixable: try fields.flag("fixable"), line: try fields.count("line"),
      column: try fields.count("column"), endLine: try fields.count("end_line"),
      endColumn: try fields.count("end_column"),
      related: try fields.list("related") { (item) throws(JSONFields.Misfit) in
        ReportedFinding.Related(
          message: try item.text("message"), line: try item.count("line"),
          column: try item.count("column"))
      })
  }
}
