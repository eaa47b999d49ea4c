import ServerYAML

extension FindingCode {
  package static let nullAsOmitted = FindingCode(
    advice: "null-as-omitted", .warning, "A field without a value, which counts as left out.",
    explanation: """
      `port:` with nothing behind it, `~` and `null` declare nothing: the field stays as it is in
      Tinyforge, and is neither cleared nor compared. To turn the probe off or to choose the usual
      strategy, declare the empty text: `healthcheck: ""`.
      """,
    bad: "version: 1\ndeploy:\n  port: 8080\n  healthcheck: ~\n",
    good: "version: 1\ndeploy:\n  port: 8080\n  healthcheck: \"\"\n")
}

extension SpecRule {
  static let nullAsOmitted = SpecRule(.nullAsOmitted) { context in
    context.analysis.facts.uses.compactMap { use in
      guard case .null = use.value, case .field(let field) = use.target else { return nil }
      let hint = field.form == .text ? "write `\"\"` for the empty text, or remove the line" : nil
      return Finding(
        .nullAsOmitted, "\(field.name) has no value: it counts as left out, and stays unmanaged",
        at: context.key(ofValue: use.node)?.span ?? context.document?.nodes[use.node].span,
        help: hint ?? "give it a value, or remove the line")
    }
  }
}
