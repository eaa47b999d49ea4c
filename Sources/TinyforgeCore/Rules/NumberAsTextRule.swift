import ServerYAML

extension FindingCode {
  package static let numberAsText = FindingCode(
    advice: "number-as-text", .warning, "A number or a date where text is wanted.",
    explanation: """
      `healthcheck` and `deploy_strategy` are text. The server takes `5` or `2020-01-01` for the text
      that is written, and never for a number, a time or an interval.
      """,
    bad: "version: 1\ndeploy:\n  healthcheck: 5\n",
    good: "version: 1\ndeploy:\n  healthcheck: /healthz\n")
}

extension SpecRule {
  static let numberAsText = SpecRule(.numberAsText) { context in
    context.plainTexts.compactMap { value in
      let kind: String
      switch value.scalar {
      case .int, .uint, .float: kind = "number"
      case .timestamp: kind = "date"
      default: return nil
      }
      return Finding(
        .numberAsText,
        "\(value.name) takes the \(kind) `\(value.written)` for the text \"\(value.written)\"",
        at: value.node.span, help: "write the \(value.name) that is meant")
    }
  }
}
