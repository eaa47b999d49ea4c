package import TinyforgeCore

/// Renders lint reports as SARIF 2.1.0 (OASIS).
package struct LintSARIF {
  private let version: String

  /// `version` is the toolkit's.
  package init(version: String) { self.version = version }

  package func render(_ reports: [LintReport]) -> String {
    let document: JSONValue = [
      "$schema":
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0", "runs": [run(reports)],
    ]
    return JSONWriter.indented(document) + "\n"
  }

  private func run(_ reports: [LintReport]) -> JSONValue {
    let driver: JSONValue = [
      "name": "lint-spec", "version": .string(version),
      "rules": .array(FindingCatalog.all.map(Self.rule)),
    ]
    let failures = reports.compactMap(Self.notification)
    return [
      "tool": ["driver": driver], "columnKind": "unicodeCodePoints",
      "invocations": [
        [
          "executionSuccessful": .bool(failures.isEmpty),
          "toolExecutionNotifications": .array(failures),
        ]
      ],
      "results": .array(reports.flatMap(Self.results)),
    ]
  }

  private static func rule(_ code: FindingCode) -> JSONValue {
    let help = code.explanation + "\n\n" + ManualExample.standing(of: code)
    return [
      "id": .string(code.id), "shortDescription": ["text": .string(code.summary)],
      "fullDescription": ["text": .string(code.explanation)],
      "help": ["text": .string(help), "markdown": .string(help)],
      "defaultConfiguration": ["level": .string(level(code.severity))],
    ]
  }

  private static func level(_ severity: Severity) -> String {
    severity == .info ? "note" : severity.rawValue
  }

  // MARK: Results

  private static func results(_ report: LintReport) -> [JSONValue] {
    let text = SourceText(report.bytes ?? [])
    var fingerprint = FindingFingerprint()
    return report.decoded.findings.map { result($0, report, text, &fingerprint) }
  }

  private static func result(
    _ finding: Finding, _ report: LintReport, _ text: SourceText,
    _ fingerprint: inout FindingFingerprint
  ) -> JSONValue {
    let index = FindingCatalog.all.firstIndex(of: finding.code)
    var members: [JSONValue.Member] = [
      .init("ruleId", .string(finding.code.id)),
      .init("ruleIndex", .integer(index ?? -1)),
      .init("level", .string(level(finding.severity))),
      .init("message", ["text": .string(finding.told(in: report, separator: "\n"))]),
      .init("locations", [location(report.path, finding.span, text)]),
      .init(
        "partialFingerprints",
        ["tinyforgeFinding/v1": .string(fingerprint.next(finding, path: report.path, text: text))]),
    ]
    if !finding.related.isEmpty {
      members.append(
        .init("relatedLocations", .array(finding.related.map { related($0, report.path, text) })))
    }
    if let fix = finding.fix {
      members.append(.init("fixes", [fixed(fix, report.path, text)]))
    }
    return .object(members)
  }

  private static func location(_ path: String, _ span: Range<Int>?, _ text: SourceText) -> JSONValue
  {
    var members = [JSONValue.Member("artifactLocation", ["uri": .string(FileURI.of(path))])]
    if let span { members.append(.init("region", region(span, text))) }
    return ["physicalLocation": .object(members)]
  }

  private static func region(_ span: Range<Int>, _ text: SourceText) -> JSONValue {
    let range = text.range(of: span)
    return [
      "startLine": .integer(range.start.line), "startColumn": .integer(range.start.column),
      "endLine": .integer(range.end.line), "endColumn": .integer(range.end.column),
    ]
  }

  private static func related(_ related: Finding.Related, _ path: String, _ text: SourceText)
    -> JSONValue
  {
    [
      "physicalLocation": [
        "artifactLocation": ["uri": .string(FileURI.of(path))],
        "region": region(related.span, text),
      ],
      "message": ["text": .string(related.message)],
    ]
  }

  private static func fixed(_ fix: Finding.Fix, _ path: String, _ text: SourceText) -> JSONValue {
    let replacements = fix.edits.map { edit -> JSONValue in
      [
        "deletedRegion": region(edit.span, text),
        "insertedContent": ["text": .string(edit.replacement)],
      ]
    }
    return [
      "description": ["text": .string(fix.message)],
      "artifactChanges": [
        [
          "artifactLocation": ["uri": .string(FileURI.of(path))],
          "replacements": .array(replacements),
        ]
      ],
    ]
  }

  /// A file that could not be looked at is the run's fault, not a result.
  private static func notification(_ report: LintReport) -> JSONValue? {
    guard let failure = report.failure else { return nil }
    return [
      "level": "error", "message": ["text": .string(failure.message)],
      "locations": [location(report.path, nil, SourceText([]))],
    ]
  }
}
