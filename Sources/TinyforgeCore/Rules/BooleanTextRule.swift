extension FindingCode {
  package static let booleanText = FindingCode(
    advice: "boolean-text", .warning, "A word such as `yes` or `off`, which is plain text here.",
    explanation: """
      No field of a spec is a switch. The server reads `yes`, `no`, `on`, `off`, `true` and `false` as
      the text that they are, so `healthcheck: off` does not turn the probe off: it asks for the path
      `off`, and is refused. An empty text (`healthcheck: ""`) turns it off.
      """,
    bad: "version: 1\ndeploy:\n  healthcheck: off\n",
    good: "version: 1\ndeploy:\n  healthcheck: \"\"\n")
}

extension SpecRule {
  static let booleanText = SpecRule(.booleanText) { context in
    context.plainTexts.compactMap { value in
      let word = value.written.lowercased()
      let isNegative = negative.contains(word)
      guard isNegative || positive.contains(word) else { return nil }
      let isOff = isNegative && value.name == SpecFieldTable.healthcheck.name
      return Finding(
        .booleanText, "`\(value.written)` is the text \"\(value.written)\" here, not a switch",
        at: value.node.span,
        help: isOff ? "write `\"\"` to turn the probe off" : "write the \(value.name) that is meant"
      )
    }
  }

  private static let negative = ["no", "n", "off", "false"]
  private static let positive = ["yes", "y", "on", "true"]
}
