import TinyforgeCore

/// One thing in a drift report that a pipeline's form tells by itself.
struct DriftIssue {
  var rule: DriftRule
  var workload: ReportedWorkload
  /// What it is about in one sentence, the workload's name first.
  var summary: String
  /// Further sentences.
  var details: [String]
  /// The field, or what else tells it from others of the rule in the workload.
  var subject: String
  var range: SourceRange?

  /// How many before it in the report are about the same.
  var occurrence = 0

  /// What it is known by from one run to the next: neither line numbers nor values are in it, and
  /// who moved may change while the drift stays.
  var identity: String {
    let kind = rule.cause == nil ? rule.rawValue : "drift"
    return "\(workload.id)\0\(kind)\0\(subject)"
  }

  var fingerprint: String { FindingFingerprint.of("\(identity)\0\(occurrence)") }
}

extension ReportedDrift {
  /// Both ends in the spec's text; the offsets in it are not known.
  var range: SourceRange {
    SourceRange(
      start: SourcePosition(offset: 0, line: line, column: column),
      end: SourcePosition(offset: 0, line: endLine, column: endColumn))
  }
}
