package import TinyforgeCore

/// Renders lint reports as `tinyforge.lint/v1` JSON.
package enum LintJSON {
  /// One document for the whole run.
  package static func render(_ reports: [LintReport]) -> String {
    let findings = reports.flatMap(\.decoded.findings)
    let document: JSONValue = [
      "schema": "tinyforge.lint/v1",
      "files": .array(reports.map(file)),
      "summary": [
        "files": .integer(reports.count),
        "errors": .integer(findings.count { $0.severity == .error }),
        "warnings": .integer(findings.count { $0.severity == .warning }),
      ],
    ]
    return JSONWriter.indented(document) + "\n"
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
    let range = text.range(of: finding.span ?? 0..<0)
    var members: [JSONValue.Member] = [
      .init("code", .string(finding.code.id)),
      .init("severity", .string(finding.severity.rawValue)),
      .init("message", .string(finding.message)),
      .init("line", .integer(range.start.line)), .init("column", .integer(range.start.column)),
      .init("end_line", .integer(range.end.line)), .init("end_column", .integer(range.end.column)),
      .init("help", .optional(finding.help)), .init("fixable", .bool(finding.fix != nil)),
    ]
    if !finding.related.isEmpty {
      members.append(.init("related", .array(finding.related.map { related($0, text) })))
    }
    return .object(members)
  }

  private static func related(_ related: Finding.Related, _ text: SourceText) -> JSONValue {
    let range = text.range(of: related.span)
    return [
      "message": .string(related.message), "line": .integer(range.start.line),
      "column": .integer(range.start.column),
    ]
  }
}
