import ServerYAML

extension FindingCode {
  package static let truncatedNumber = FindingCode(
    advice: "truncated-number", .warning, "A number with a fraction, which the server cuts off.",
    explanation: """
      `version` and `port` are whole numbers. The server does not refuse `8080.7`: it drops what
      follows the point, without a word.
      """,
    bad: "version: 1\ndeploy:\n  port: 8080.7\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")
}

extension SpecRule {
  static let truncatedNumber = SpecRule(.truncatedNumber) { context in
    context.plainNumbers.compactMap { value in
      guard case .float(let number) = value.scalar, number.isFinite,
        let whole = value.scalar.asInteger,
        number != number.rounded(.towardZero)
      else { return nil }
      return Finding(
        .truncatedNumber,
        "the fraction of `\(value.written)` is dropped: the server reads \(whole)",
        at: value.node.span, help: "write `\(whole)`")
    }
  }
}
