import ServerYAML

extension FindingCode {
  package static let nullKey = FindingCode(
    advice: "null-key", .warning,
    "A key that is null, which the server passes over with its value.",
    explanation: """
      The server refuses every key that it does not know, except for one: a key that is null (`~`,
      `null`, or nothing before the colon) is passed over without a word, with all that is behind it.
      """,
    bad: "version: 1\ndeploy:\n  port: 8080\n  ~: /healthz\n",
    good: "version: 1\ndeploy:\n  port: 8080\n  healthcheck: /healthz\n")
}

extension SpecRule {
  static let nullKey = SpecRule(.nullKey) { context in
    context.analysis.facts.nullKeys.map { key in
      Finding(
        .nullKey, "this key is null: the server passes over it and its value",
        at: context.document?.nodes[key].span,
        help: "write the key that is meant, or remove the line")
    }
  }
}
