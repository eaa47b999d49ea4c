package import TinyforgeCore

/// One entry of a drift report in the formats of pipelines.
package struct DriftIssue {
  /// The kind of thing.
  package var rule: DriftRule
  /// The workload that it is about.
  package var workload: ReportedWorkload
  /// What it is about in one sentence, the workload's name first.
  package var summary: String
  /// Further sentences.
  package var details: [String]
  /// The field, or what else distinguishes it from others of the rule in the workload.
  package var subject: String
  /// The place in the spec; nil for what has none.
  package var range: SourceRange?

  /// How many before it in the report are about the same.
  var occurrence = 0

  /// What it is known by from one run to the next: neither line numbers nor values are in it, and
  /// who moved may change while the drift stays.
  var identity: String {
    let kind = isDrift ? "drift" : rule.rawValue
    let server = workload.server.map { "\($0)\0" } ?? ""
    return "\(server)\(workload.id)\0\(kind)\0\(subject)"
  }

  /// Whether it is about a field whose values differ.
  package var isDrift: Bool { rule.cause != nil }

  /// The same as 32 hexadecimal digits.
  package var fingerprint: String { FindingFingerprint.of("\(identity)\0\(occurrence)") }
}

extension ReportedDrift {
  /// Both ends in the spec's text; the offsets in it are not known.
  package var range: SourceRange {
    SourceRange(
      start: SourcePosition(offset: 0, line: line, column: column),
      end: SourcePosition(offset: 0, line: endLine, column: endColumn))
  }
}
