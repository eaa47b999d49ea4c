import DriftTracking
import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// A report with everything in it, and one with as little as there may be.
enum SampleReport {
  static let full = DriftReport(
    workloads: [
      ReportedWorkload(
        id: "w1", name: "shop", sourceKind: "dockerfile", status: .ok,
        spec: ReportedSpec(
          path: ".tinyforge.yml", provenance: .commit, repository: "/srv/mirrors/acme/shop.git",
          commit: String(repeating: "a", count: 40), committedAt: "2026-01-02T03:04:05Z",
          subject: "Begin\u{1B}[31m",
          text: SourceText(Array("version: 1\ndeploy:\n  port: 8080\n".utf8))),
        managedFields: ["port"],
        drift: [
          ReportedDrift(
            field: "port", repo: 8080, live: .number("3000.0"), base: 8081, cause: .liveEdited,
            reason: "the spec is as it was synced", line: 3, column: 9, endLine: 3, endColumn: 13,
            touched: .init(
              commit: String(repeating: "b", count: 40), authoredAt: "2026-01-01T00:00:00Z",
              author: "Ann \"A\" Author", subject: "Set the port"),
            syncedBy: .init(id: 7, at: "2026-01-03T00:00:00Z", actor: "ann")),
          ReportedDrift(
            field: "healthcheck", repo: "/x", live: .null, cause: .unknown, reason: "shallow",
            line: 4, column: 1, endLine: 4, endColumn: 2, untold: "the clone is shallow"),
        ], mergeFaults: ["port must be between 1 and 65535, not 0"], notes: ["runs recreate"],
        findings: [
          ReportedFinding(
            code: "number-as-text", severity: .warning, message: "odd", help: "quote it",
            isFixable: true, line: 1, column: 1, endLine: 1, endColumn: 2,
            related: [.init(message: "first", line: 2, column: 3)])
        ], lastSyncAt: "2026-01-03T00:00:00Z", lastSyncCommit: String(repeating: "c", count: 40),
        fetchedAt: "2026-01-01T00:00:00Z", isMirrorStale: true),
      ReportedWorkload(
        id: "w2", sourceKind: "static", status: .fetchFailed, message: "no clone :: error"),
    ], generatedAt: "2026-01-04T00:00:00Z", snapshotTakenAt: "2026-01-03T12:00:00Z",
    shard: FleetShard(2, of: 3))
  static let empty = DriftReport(workloads: [], generatedAt: "2026-01-04T00:00:00Z")
}

struct DriftJSONTests {
  @Test(
    arguments: [SampleReport.full, SampleReport.empty],
    [
      DriftJSON.Layout.document, .lines,
    ])
  func whatIsWrittenReadsBackAsItWas(_ report: DriftReport, _ layout: DriftJSON.Layout) throws {
    let text = DriftJSON(layout).render(report)
    #expect(try DriftReport(json: Array(text.utf8), name: "report") == report)
    #expect(text.utf8.last == UInt8(ascii: "\n") && !text.utf8.contains(0x1B))
  }

  @Test func aDocumentIsLaidOutAsTheWriterWould() throws {
    for report in [SampleReport.full, SampleReport.empty] {
      let text = DriftJSON.render(report)
      #expect(JSONWriter.indented(try JSONValue(parsing: Array(text.utf8))) + "\n" == text)
    }
  }

  @Test func aLineIsAWorkload() {
    let lines = DriftJSON(.lines).render(SampleReport.full).split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix(#"{"type":"run","schema":"tinyforge.drift/v1","#))
    #expect(lines[1].hasPrefix(#"{"type":"workload","id":"w1","#))
    #expect(lines[3].hasPrefix(#"{"type":"summary","workloads":2,"ok":1,"#))
  }

  /// What is done to a report's text, and what the refusal must say.
  @Test(arguments: [
    ("tinyforge.drift/v1", "tinyforge.drift/v2", "this version reads tinyforge.drift/v1"),
    ("tinyforge.drift/v1", "tinyforge.plan/v1", "the report of plan --format json"),
    ("\"schema\"", "\"scheme\"", "names no schema"),
    ("live_edited", "gremlins", "workloads[0].drift[0].cause is \"gremlins\""),
    ("\"fetch_failed\",\"message\"", "\"odd\",\"message\"", "workloads[1].status"),
    ("\"line\":3", "\"line\":3.5", "workloads[0].drift[0].line is not a whole number"),
    ("\"line\":3", "\"line\":-3", "is negative"),
    ("\"stale\":true", "\"stale\":null", "workloads[0].stale is not true or false"),
    ("\"2/3\"", "\"4/3\"", "shard is not I/N"),
    ("\"summary\",\"workloads\":2", "\"summary\",\"workloads\":1", "less than the workloads"),
    ("\"type\":\"summary\"", "\"type\":\"odd\"", "line 4 is neither a workload nor a summary"),
    ("[\"port\"]", "[7]", "does not hold texts alone"),
    ("[\"port\"]", "[\"port\"", "at byte"),
  ])
  func whatDoesNotFitIsRefused(_ part: String, _ other: String, _ words: String) {
    let text = DriftJSON(.lines).render(SampleReport.full).replacing(part, with: other)
    let failure = #expect(throws: Failure.self) {
      try DriftReport(json: Array(text.utf8), name: "a\u{1B}b.json")
    }
    #expect(failure?.code == .usage && failure?.remedy != nil)
    #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
    #expect(failure?.message.contains("a\\u{1b}b.json") == true)
  }

  @Test func aRunThatWasCutOffIsRefused() {
    let text = DriftJSON(.lines).render(SampleReport.full)
    let lines = text.split(separator: "\n")
    for count in 1..<lines.count {
      let cut = lines.prefix(count).joined(separator: "\n")
      let failure = #expect(throws: Failure.self) {
        try DriftReport(json: Array(cut.utf8), name: "r")
      }
      #expect(failure?.message.contains("cut off") == true)
    }
    #expect(throws: Failure.self) { try DriftReport(json: [], name: "r") }
  }
}
