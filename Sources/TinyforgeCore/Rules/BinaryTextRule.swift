extension FindingCode {
  package static let binaryText = FindingCode(
    advice: "binary-text", .warning, "A `!!binary` value, which the server decodes.",
    explanation: """
      The server reads `!!binary` as base64 and takes what comes out of it for the value. No author who
      reviews the file sees what that is. Write the text itself.
      """,
    bad: "version: 1\ndeploy:\n  healthcheck: !!binary L2hlYWx0aHo=\n",
    good: "version: 1\ndeploy:\n  healthcheck: /healthz\n")
}

extension SpecRule {
  static let binaryText = SpecRule(.binaryText) { context in
    context.values.compactMap { value in
      guard let bytes = value.scalar.binaryBytes else { return nil }
      return Finding(
        .binaryText, "\(value.name) is base64, of which the server makes \(Quotation.short(bytes))",
        at: value.node.span, help: "write the text itself")
    }
  }
}
