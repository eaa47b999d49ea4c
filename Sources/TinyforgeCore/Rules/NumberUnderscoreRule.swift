extension FindingCode {
  package static let numberUnderscore = FindingCode(
    advice: "number-underscore", .warning, "A number with `_` between its digits.",
    explanation: """
      The server drops the underscores, as YAML 1.1 has it. A YAML 1.2 reader (an editor, a linter,
      another tool) takes `8_080` for text.
      """,
    fix: "writes plain digits",
    bad: "version: 1\ndeploy:\n  port: 8_080\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")
}

extension SpecRule {
  static let numberUnderscore = SpecRule(.numberUnderscore) { context in
    context.plainNumbers.compactMap { value in
      guard value.form == .underscored, let number = value.scalar.asInteger,
        value.scalar.isWhole
      else { return nil }
      return Finding(
        .numberUnderscore,
        "the server reads `\(value.written)` as \(number), a YAML 1.2 reader as text",
        at: value.node.span, help: "write `\(number)`",
        fix: value.node.fix("write `\(number)`", writing: String(number)))
    }
  }
}
