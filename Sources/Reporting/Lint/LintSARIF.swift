package import TinyforgeCore

/// Renders lint reports as SARIF 2.1.0 (OASIS).
package struct LintSARIF: LintForm {
  /// The results of some files, up to the limit of a log.
  package struct Part: Sendable {
    fileprivate var results: [String] = []
    /// How many are left out.
    fileprivate var left = 0
    fileprivate var notifications: [JSONValue] = []
  }

  private let toolkit: Toolkit

  /// Rules link to the pages of `toolkit`.
  package init(of toolkit: Toolkit) { self.toolkit = toolkit }

  /// The results of some files.
  package func part(_ reports: [LintReport]) -> Part {
    var part = Part(notifications: reports.compactMap(Self.notification))
    for report in reports {
      let results = Self.results(report)
      let room = SARIFLog.resultLimit - part.results.count
      part.results += results.prefix(room).map(SARIFLog.item)
      part.left += max(0, results.count - room)
    }
    return part
  }

  /// One log of the results.
  package func pieces(_ parts: [Part], _ summary: LintSummary, isInterrupted: Bool) -> [String] {
    SARIFLog.pieces(
      tool: "lint-spec", of: toolkit, rules: FindingCatalog.all.map(rule),
      results: parts.flatMap(\.results), left: parts.reduce(0) { $0 + $1.left },
      notifications: parts.flatMap(\.notifications))
  }

  private func rule(_ code: FindingCode) -> JSONValue {
    let help = code.explanation + "\n\n" + ManualExample.standing(of: code)
    var members: [JSONValue.Member] = [
      .init("id", .string(code.id)), .init("shortDescription", ["text": .string(code.summary)]),
      .init("fullDescription", ["text": .string(code.explanation)]),
    ]
    members.append("helpUri", toolkit.page(on: code))
    members.append(.init("help", ["text": .string(help), "markdown": .string(help)]))
    members.append(
      .init("defaultConfiguration", ["level": .string(SARIFLog.level(code.severity))]))
    return .object(members)
  }

  // MARK: Results

  private static func results(_ report: LintReport) -> [JSONValue] {
    var fingerprint = FindingFingerprint()
    return report.decoded.findings.map { result($0, report, &fingerprint) }
  }

  private static func result(
    _ finding: Finding, _ report: LintReport, _ fingerprint: inout FindingFingerprint
  ) -> JSONValue {
    let index = FindingCatalog.all.firstIndex(of: finding.code)
    var members: [JSONValue.Member] = [
      .init("ruleId", .string(finding.code.id)),
      .init("ruleIndex", .integer(index ?? -1)),
      .init("level", .string(SARIFLog.level(finding.severity))),
      .init("message", ["text": .string(finding.text(in: report, separator: "\n"))]),
      // Code scanning wants a region, also of a finding on the file as a whole.
      .init(
        "locations",
        [SARIFLog.location(uri: report.uri, report.text.range(of: finding.span ?? 0..<0))]),
      .init(
        "partialFingerprints",
        [
          "tinyforgeFinding/v1": .string(
            fingerprint.next(finding, path: report.path, text: report.text))
        ]),
    ]
    if !finding.related.isEmpty {
      members.append(
        .init("relatedLocations", .array(finding.related.map { related($0, report) })))
    }
    if let fix = finding.fix {
      members.append(.init("fixes", [fixed(fix, report)]))
    }
    return .object(members)
  }

  private static func related(_ related: Finding.Related, _ report: LintReport) -> JSONValue {
    [
      "physicalLocation": [
        "artifactLocation": ["uri": .string(report.uri)],
        "region": SARIFLog.region(report.text.range(of: related.span)),
      ],
      "message": ["text": .string(related.message)],
    ]
  }

  private static func fixed(_ fix: Finding.Fix, _ report: LintReport) -> JSONValue {
    let replacements = fix.edits.map { edit -> JSONValue in
      [
        "deletedRegion": SARIFLog.region(report.text.range(of: edit.span)),
        "insertedContent": ["text": .string(edit.replacement)],
      ]
    }
    return [
      "description": ["text": .string(fix.message)],
      "artifactChanges": [
        [
          "artifactLocation": ["uri": .string(report.uri)],
          "replacements": .array(replacements),
        ]
      ],
    ]
  }

  /// A file that could not be read is a failure of the run, not a result.
  private static func notification(_ report: LintReport) -> JSONValue? {
    guard let failure = report.failure else { return nil }
    return [
      "level": "error", "message": ["text": .string(failure.message)],
      "locations": [SARIFLog.location(uri: report.uri, nil)],
    ]
  }
}

extension LintReport {
  /// The path as a URI reference.
  fileprivate var uri: String { pathBytes.map(FileURI.of) ?? FileURI.of(path) }
}
