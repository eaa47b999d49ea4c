import ServerYAML

extension FindingCode {
  package static let sexagesimalNumber = FindingCode(
    advice: "sexagesimal-number", .warning,
    "Text that YAML 1.1 readers take for a number to base 60.",
    explanation: """
      YAML 1.1 counts `80:30` as 80 times 60 plus 30, like minutes and seconds. The server does not:
      to it this is text. Quote it, so that every reader takes it for text, or write the number that
      is meant.
      """,
    bad: "version: 1\ndeploy:\n  port: 80:30\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")
}

extension SpecRule {
  static let sexagesimalNumber = SpecRule(.sexagesimalNumber) { context in
    context.plainValues.compactMap { value in
      guard value.node.value.contains(UInt8(ascii: ":")),
        let number = sexagesimal(value.written)
      else { return nil }
      return Finding(
        .sexagesimalNumber,
        "`\(value.written)` is text to the server; a YAML 1.1 reader takes it for \(number)",
        at: value.node.span,
        help: value.isNumber ? "write the number that is meant" : "quote it, if the text is meant")
    }
  }

  /// The number to base 60 that YAML 1.1 would read: `[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+`.
  private static func sexagesimal(_ text: String) -> Int64? {
    let isNegative = text.startsWithBytes(of: "-")
    let digits = text.drop { $0 == "-" || $0 == "+" }.filter { $0 != "_" }
    let parts = digits.splitAtScalar(":")
    guard parts.count > 1, parts.count < 5, digits.first != "0", digits.utf8.count < 20 else {
      return nil
    }
    var sum: Int64 = 0
    for (index, part) in parts.enumerated() {
      guard part.utf8.allSatisfy(\.isDigit), let number = Int64(part), index == 0 || number < 60,
        index == 0 || part.utf8.count <= 2, number < 1 << 32
      else { return nil }
      sum = sum * 60 + number
    }
    return isNegative ? -sum : sum
  }
}
