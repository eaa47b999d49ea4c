package import TinyforgeCore

/// Renders drift as SARIF 2.1.0: the causes are the rules.
package struct DriftSARIF {
  private let phrases: Phrases
  private let toolkit: Toolkit

  /// Rules link to the pages of `toolkit`.
  package init(phrases: Phrases, of toolkit: Toolkit) {
    self.phrases = phrases
    self.toolkit = toolkit
  }

  /// Renders the report.
  package func render(_ report: DriftReport) -> String {
    let paths = DriftPaths(report)
    let issues = DriftIssues(phrases: phrases).list(report)
    return SARIFLog.pieces(
      tool: "drift", of: toolkit, language: phrases.language,
      rules: DriftRule.allCases.map(rule),
      results: issues.filter { $0.rule != .fetchFailed }.map { SARIFLog.item(result($0, paths)) },
      // What could not be inspected is a failure of the run, not a result.
      notifications: gaps(report)
        + issues.filter { $0.rule == .fetchFailed }.map { notification($0, paths) }
    ).joined()
  }

  private func rule(_ rule: DriftRule) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("id", .string(rule.rawValue)),
      .init("shortDescription", ["text": .string(phrases.name(of: rule))]),
      .init("fullDescription", ["text": .string(phrases.explanation(of: rule))]),
    ]
    members.append("helpUri", toolkit.pageOnDrift)
    members.append(
      .init("defaultConfiguration", ["level": .string(SARIFLog.level(rule.severity))]))
    return .object(members)
  }

  private func result(_ issue: DriftIssue, _ paths: DriftPaths) -> JSONValue {
    [
      "ruleId": .string(issue.rule.rawValue),
      "ruleIndex": .integer(DriftRule.allCases.firstIndex(of: issue.rule) ?? -1),
      "level": .string(SARIFLog.level(issue.rule.severity)),
      "message": ["text": .string(([issue.summary] + issue.details).joined(separator: "\n"))],
      "locations": [SARIFLog.location(uri: FileURI.of(paths.always(issue.workload)), issue.range)],
      "partialFingerprints": ["tinyforgeDrift/v1": .string(issue.fingerprint)],
    ]
  }

  private func gaps(_ report: DriftReport) -> [JSONValue] {
    guard !report.gaps.isEmpty else { return [] }
    return [
      ["level": "error", "message": ["text": .string(phrases.incompleteTitle(report.gaps))]]
    ]
  }

  private func notification(_ issue: DriftIssue, _ paths: DriftPaths) -> JSONValue {
    [
      "level": "error", "message": ["text": .string(issue.summary)],
      "locations": [SARIFLog.location(uri: FileURI.of(paths.always(issue.workload)), nil)],
    ]
  }
}
