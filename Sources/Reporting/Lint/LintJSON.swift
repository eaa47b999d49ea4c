package import TinyforgeCore

/// Renders lint reports as `tinyforge.lint/v1` JSON.
package enum LintJSON {
  /// One document for the whole run, or for what a signal left of it.
  package static func render(_ reports: [LintReport], isInterrupted: Bool = false) -> String {
    let findings = reports.flatMap(\.decoded.findings)
    let summary: JSONValue = [
      "files": .integer(reports.count),
      "errors": .integer(findings.count { $0.severity == .error }),
      "warnings": .integer(findings.count { $0.severity == .warning }),
    ]
    let members =
      [JSONValue.Member("schema", "tinyforge.lint/v1")]
      + (isInterrupted ? [JSONValue.Member("interrupted", true)] : [])
      + [.init("files", .array(reports.map(file))), .init("summary", summary)]
    return JSONWriter.indented(.object(members)) + "\n"
  }

  private static func file(_ report: LintReport) -> JSONValue {
    let text = SourceText(report.bytes ?? [])
    let declared = report.decoded.declared.map {
      JSONValue.Member($0.field.name, $0.value.json)
    }
    var members: [JSONValue.Member] = [
      .init("path", .string(report.path)), .init("verdict", .string(report.verdict.rawValue)),
      .init("decodes", .bool(report.decoded.decodes)), .init("declared", .object(declared)),
      .init("findings", .array(report.decoded.findings.map { finding($0, text) })),
    ]
    if !report.fixed.isEmpty { members.append(.init("fixed", .array(report.fixed.map(fixed)))) }
    if !report.references.isEmpty {
      members.append(.init("references", .array(report.references.map { .string($0) })))
    }
    if let failure = report.failure {
      members.append(.init("error", .string(failure.message)))
    }
    return .object(members)
  }

  private static func fixed(_ fixed: SpecFix.Fixed) -> JSONValue {
    [
      "code": .string(fixed.code.id), "message": .string(fixed.message),
      "line": .integer(fixed.line), "column": .integer(fixed.column),
    ]
  }

  static func finding(_ finding: Finding, _ text: SourceText) -> JSONValue {
    self.finding(ReportedFinding(finding, text))
  }

  static func finding(_ finding: ReportedFinding) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("code", .string(finding.code)), .init("severity", .string(finding.severity.rawValue)),
      .init("message", .string(finding.message)),
      .init("line", .integer(finding.line)), .init("column", .integer(finding.column)),
      .init("end_line", .integer(finding.endLine)),
      .init("end_column", .integer(finding.endColumn)),
      .init("help", .optional(finding.help)), .init("fixable", .bool(finding.isFixable)),
    ]
    if !finding.related.isEmpty {
      members.append(.init("related", .array(finding.related.map(related))))
    }
    return .object(members)
  }

  private static func related(_ related: ReportedFinding.Related) -> JSONValue {
    [
      "message": .string(related.message), "line": .integer(related.line),
      "column": .integer(related.column),
    ]
  }
}
