package import TinyforgeCore

/// Renders lint reports as reviewdog's `rdjson` (a `DiagnosticResult`).
///
/// Source: reviewdog's `proto/rdf`. Columns are bytes of UTF-8 from 1, the end is exclusive.
package struct LintReviewdog: LintForm {
  /// How deep diagnostics are in the document.
  private static let level = 2

  private let toolkit: Toolkit

  /// Codes link to the pages of `toolkit`.
  package init(of toolkit: Toolkit) { self.toolkit = toolkit }

  /// The diagnostics of some files.
  package func part(_ reports: [LintReport]) -> [String] {
    reports.flatMap { report in
      Self.failure(report) + report.decoded.findings.map { diagnostic($0, report) }
    }.map { JSONItem.text($0, level: Self.level) }
  }

  /// One document of all diagnostics.
  package func pieces(_ parts: [[String]], _ summary: LintSummary, isInterrupted: Bool) -> [String]
  {
    let document: JSONValue = ["source": ["name": "lint-spec"], "diagnostics": []]
    let (before, after) = JSONWriter.indented(document, around: "diagnostics")
    return JSONItem.list(parts.flatMap(\.self), in: (before, after + "\n"), Self.level)
  }

  private func diagnostic(_ finding: Finding, _ report: LintReport) -> JSONValue {
    let text = report.text
    var code = [JSONValue.Member("value", .string(finding.code.id))]
    code.append("url", toolkit.page(on: finding.code))
    var members: [JSONValue.Member] = [
      .init("message", .string(finding.text(in: report, separator: "\n"))),
      .init("location", Self.location(report.path, finding.span.map { Self.range($0, text) })),
      .init("severity", .string(finding.severity.rawValue.uppercased())),
      .init("code", .object(code)),
    ]
    if let fix = finding.fix {
      members.append(.init("suggestions", .array(fix.edits.map { Self.suggestion($0, text) })))
    }
    if !finding.related.isEmpty {
      let related = finding.related.map { Self.related($0, report) }
      members.append(.init("related_locations", .array(related)))
    }
    return .object(members)
  }

  private static func related(_ related: Finding.Related, _ report: LintReport) -> JSONValue {
    [
      "message": .string(related.message),
      "location": location(report.path, range(related.span, report.text)),
    ]
  }

  private static func failure(_ report: LintReport) -> [JSONValue] {
    guard let failure = report.failure else { return [] }
    return [
      [
        "message": .string(failure.message), "location": location(report.path, nil),
        "severity": "ERROR",
      ]
    ]
  }

  private static func suggestion(_ edit: SourceEdit, _ text: SourceText) -> JSONValue {
    ["range": range(edit.span, text), "text": .string(edit.replacement)]
  }

  private static func location(_ path: String, _ range: JSONValue?) -> JSONValue {
    var members = [JSONValue.Member("path", .string(path))]
    if let range { members.append(.init("range", range)) }
    return .object(members)
  }

  private static func range(_ span: Range<Int>, _ text: SourceText) -> JSONValue {
    let range = text.range(of: span)
    return ["start": position(range.start, text), "end": position(range.end, text)]
  }

  private static func position(_ position: SourcePosition, _ text: SourceText) -> JSONValue {
    let before = text.line(position.line).prefix(position.column - 1)
    let width = before.reduce(0) { $0 + UTF8.width($1) }
    return ["line": .integer(position.line), "column": .integer(width + 1)]
  }
}
