extension FindingCode {
  package static let unusualNumber = FindingCode(
    advice: "unusual-number", .info,
    "A whole number in an unusual notation: `0x1F90`, `1e3`, `8080.0`.",
    explanation: """
      The server reads hexadecimal, octal (`0o17`), binary, exponents, a plus sign, and fractions of
      zero. People, and many tools, do not. Plain digits mean the same to everybody.
      """,
    fix: "writes plain digits",
    bad: "version: 1\ndeploy:\n  port: 0x1F90\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")
}

extension SpecRule {
  static let unusualNumber = SpecRule(.unusualNumber) { context in
    context.plainNumbers.compactMap { value in
      guard value.form == .unusual, value.scalar.isWhole,
        let number = value.scalar.asInteger
      else { return nil }
      return Finding(
        .unusualNumber, "`\(value.written)` is the number \(number)", at: value.node.span,
        help: "write `\(number)`",
        fix: value.node.fix("write `\(number)`", writing: String(number)))
    }
  }
}
