extension FindingCode {
  package static let octalNumber = FindingCode(
    advice: "octal-number", .warning,
    "A number with a leading zero, which the server may read as octal.",
    explanation: """
      The server reads `010` as octal, which is 8, and so does any YAML 1.1 reader; a YAML 1.2 reader
      takes it for 10. With a digit 8 or 9 in it (`08080`) the server reads it as decimal after all.
      Write the number that is meant, without the zero.
      """,
    fix: "drops a zero that means nothing, as in `08080`",
    bad: "version: 1\ndeploy:\n  port: 010\n",
    good: "version: 1\ndeploy:\n  port: 8\n")
}

extension SpecRule {
  static let octalNumber = SpecRule(.octalNumber) { context in
    context.plainNumbers.compactMap { value in
      guard value.form == .leadingZero, let number = value.scalar.asInteger else {
        return nil
      }
      let decimal = Int64(value.written.filter { $0 != "_" })
      if decimal == number { return zeroWithoutMeaning(value, number) }
      return Finding(
        .octalNumber, "`\(value.written)` is octal: the server reads \(number)",
        at: value.node.span,
        help: decimal.map { "write `\(number)`, or `\($0)` if that is meant" })
    }
  }

  private static func zeroWithoutMeaning(_ value: RuleContext.Value, _ number: Int64) -> Finding {
    Finding(
      .octalNumber, "`\(value.written)` looks octal, but the server reads \(number)",
      at: value.node.span, help: "write `\(number)`",
      fix: value.node.fix("write `\(number)`", writing: String(number)))
  }
}
