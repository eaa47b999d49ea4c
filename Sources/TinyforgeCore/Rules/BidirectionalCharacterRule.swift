extension FindingCode {
  package static let bidirectionalCharacter = FindingCode(
    advice: "bidirectional-character", .error,
    "A character that turns the direction of the text around.",
    explanation: """
      Marks and overrides of the bidirectional algorithm let a line look other than it is read: what
      looks like a comment may be a value, and the other way round. No spec needs one.
      """,
    bad: "version: 1\ndeploy:\n  port: 8080 # \u{202E}tob eht rof\n",
    good: "version: 1\ndeploy:\n  port: 8080 # for the bot\n")
}

extension SpecRule {
  static let bidirectionalCharacter = SpecRule(.bidirectionalCharacter) { context in
    runs(in: context.text) { $0.isBidirectionalControl }.map { span in
      let scalar = context.text.scalars[span.lowerBound]
      return Finding(
        .bidirectionalCharacter, "\(scalar.described) changes how this line looks", at: span,
        help: "remove it")
    }
  }
}
