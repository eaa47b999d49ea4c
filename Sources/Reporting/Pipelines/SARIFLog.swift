import TinyforgeCore

/// The parts of SARIF 2.1.0 (OASIS) that every tool's log has.
enum SARIFLog {
  /// How many results code scanning takes of a run; it refuses a log of more.
  static let resultLimit = 25_000

  /// A result as an item of a log.
  static func item(_ result: JSONValue) -> String { JSONItem.text(result, level: resultLevel) }

  /// How deep results are in a log.
  private static let resultLevel = 4

  /// A log of one run; `language` is that of its messages, and `left` is how many results were left out already.
  static func pieces(
    tool: String, of toolkit: Toolkit, language: Language = .en, rules: [JSONValue],
    results: [String], left: Int = 0, notifications: [JSONValue]
  ) -> [String] {
    var driver: [JSONValue.Member] = [
      .init("name", .string(tool)), .init("version", .string(toolkit.version)),
    ]
    driver.append("informationUri", toolkit.project)
    driver.append(.init("rules", .array(rules)))
    let left = left + max(0, results.count - resultLimit)
    let notice: [JSONValue] =
      left > 0
      ? [["level": "note", "message": ["text": .string("\(left) more results are left out here")]]]
      : []
    let run: JSONValue = [
      "tool": ["driver": .object(driver)], "columnKind": "unicodeCodePoints",
      "language": .string(language.rawValue),
      "invocations": [
        [
          "executionSuccessful": .bool(notifications.isEmpty),
          "toolExecutionNotifications": .array(notifications + notice),
        ]
      ],
      "results": [],
    ]
    let document: JSONValue = [
      "$schema":
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0", "runs": [run],
    ]
    let (before, after) = JSONWriter.indented(document, around: "results")
    return JSONItem.list(
      Array(results.prefix(resultLimit)), in: (before, after + "\n"), resultLevel)
  }

  static func level(_ severity: Severity) -> String {
    severity == .info ? "note" : severity.rawValue
  }

  static func location(uri: String, _ range: SourceRange?) -> JSONValue {
    var members = [JSONValue.Member("artifactLocation", ["uri": .string(uri)])]
    if let range { members.append(.init("region", region(range))) }
    return ["physicalLocation": .object(members)]
  }

  static func region(_ range: SourceRange) -> JSONValue {
    [
      "startLine": .integer(range.start.line), "startColumn": .integer(range.start.column),
      "endLine": .integer(range.end.line), "endColumn": .integer(range.end.column),
    ]
  }
}
