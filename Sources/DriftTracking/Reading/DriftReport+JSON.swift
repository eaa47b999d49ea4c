import Reporting
package import TinyforgeCore

extension DriftReport {
  /// Reads a report back, whether it is one document or lines.
  ///
  /// `name` is what the failure calls it. Refused: another schema, a form that is not known here,
  /// and lines without the summary that ends them. `purpose` says what the report is read for, where it is another document.
  package init(
    json: [UInt8], name: String, purpose: String = "merge joins reports of drift"
  ) throws(Failure) {
    do {
      let value = try Self.parse(json)
      try Self.requireSchema(value, name, purpose)
      self = try DriftReport(JSONFields(value))
    } catch let error as Failure {
      throw error
    } catch let misfit as JSONFields.Misfit {
      throw Self.failure(name, "\(misfit.place.shownSafely) \(misfit.problem)")
    } catch let fault as JSONFault {
      throw Self.failure(name, fault.sentence)
    } catch {
      throw Self.failure(name, "it cannot be read")
    }
  }

  private static func failure(_ name: String, _ problem: String) -> Failure {
    Failure(
      .usage, "\(name.shownSafely) is not a complete drift report: \(problem)",
      remedy: "make it again with drift --format json (or jsonl)")
  }

  private static func requireSchema(_ value: JSONValue, _ name: String, _ purpose: String)
    throws(Failure)
  {
    guard let schema = value["schema"]?.text else {
      throw failure(name, "it names no schema")
    }
    guard schema == DriftJSON.schema else {
      if schema.startsWithBytes(of: "tinyforge.drift/") == false,
        let kind = DocumentKind.words(ofSchema: schema)
      {
        throw Failure(
          .usage, "\(name.shownSafely) is \(kind); \(purpose)",
          remedy: "make one for each shard with drift --format json --output FILE")
      }
      throw Failure(
        .usage,
        "\(name.shownSafely) follows the schema \"\(schema.shownSafely)\"; this version reads "
          + DriftJSON.schema,
        remedy: "make it with the same version of drift")
    }
  }

  // MARK: Lines

  /// The document that the text holds, put together if it is in lines.
  private static func parse(_ json: [UInt8]) throws -> JSONValue {
    let lines = json.split(separator: UInt8(ascii: "\n")).filter { line in
      line.contains { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }
    }
    guard let first = lines.first, let run = try? JSONValue(parsing: Array(first)),
      run["type"]?.text == "run"
    else { return try JSONValue(parsing: json) }
    var workloads: [JSONValue] = []
    var summary: JSONValue?
    for (number, line) in lines.enumerated().dropFirst() {
      let value = try JSONValue(parsing: Array(line))
      guard summary == nil else { throw misfit(number, "more follows behind the summary") }
      switch value["type"]?.text {
      case "workload": workloads.append(value)
      case "summary": summary = value
      default: throw misfit(number, "is neither a workload nor a summary")
      }
    }
    guard let summary, case .object(let members) = run else {
      throw misfit(lines.count - 1, "is the last, and no summary: the run was cut off")
    }
    let marks = [
      "interrupted", "missing_shards", "missing_shards_of_servers", "unusable_reports", "previous",
    ].compactMap { name in
      summary[name].map { JSONValue.Member(name, $0) }
    }
    return .object(
      members + marks + [.init("workloads", .array(workloads)), .init("summary", summary)])
  }

  private static func misfit(_ index: Int, _ problem: String) -> JSONFields.Misfit {
    JSONFields.Misfit(place: "line \(index + 1)", problem: problem)
  }

  private init(_ fields: JSONFields) throws(JSONFields.Misfit) {
    var shard: FleetShard?
    if let text = try fields.optionalText("shard") {
      shard = FleetShard(text)
      if shard == nil { throw fields.misfit("shard", "is not I/N") }
    }
    self.init(
      workloads: try fields.list("workloads") { (item) throws(JSONFields.Misfit) in
        try ReportedWorkload(item)
      },
      generatedAt: try fields.text("generated_at"),
      snapshotTakenAt: try fields.optionalText("snapshot_taken_at"), shard: shard,
      summary: try DriftSummary(try fields.object("summary")))
    isInterrupted = fields.any("interrupted") == true
    servers = try fields.servers()
    if fields.any("previous") != .null { previous = fields.any("previous") }
    // A merged report that lacks something is itself one that lacks something.
    let marks = ["missing_shards", "missing_shards_of_servers", "unusable_reports"]
    if marks.contains(where: { fields.any($0) != .null }) {
      gaps.unusableReports = 1
    }
    guard summary.workloads >= workloads.count else {
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
  fileprivate init(_ fields: JSONFields) throws(JSONFields.Misfit) {
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
