package import TinyforgeCore

/// Renders lint reports as `tinyforge.lint/v1` JSON.
package struct LintJSON: LintForm {
  /// How deep files are in the document.
  private static let fileLevel = 2

  /// Creates one.
  package init() {}

  /// The entries of some files.
  package func part(_ reports: [LintReport]) -> [String] {
    reports.map { JSONItem.text(Self.file($0), level: Self.fileLevel) }
  }

  /// One document for the whole run, or for what a signal left of it.
  package func pieces(_ parts: [[String]], _ summary: LintSummary, isInterrupted: Bool) -> [String]
  {
    let counts: JSONValue = [
      "files": .integer(summary.files), "errors": .integer(summary.errors),
      "warnings": .integer(summary.warnings),
    ]
    let members =
      [JSONValue.Member("schema", "tinyforge.lint/v1")]
      + (isInterrupted ? [JSONValue.Member("interrupted", true)] : [])
      + [.init("files", []), .init("summary", counts)]
    let (before, after) = JSONWriter.indented(.object(members), around: "files")
    return JSONItem.list(parts.flatMap(\.self), in: (before, after + "\n"), Self.fileLevel)
  }

  private static func file(_ report: LintReport) -> JSONValue {
    let declared = report.decoded.declared.map {
      JSONValue.Member($0.field.name, $0.value.json)
    }
    var members: [JSONValue.Member] = [
      .init("path", .string(report.path)), .init("verdict", .string(report.verdict.rawValue)),
      .init("decodes", .bool(report.decoded.decodes)), .init("declared", .object(declared)),
      .init("findings", .array(report.decoded.findings.map { finding($0, report.text) })),
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
