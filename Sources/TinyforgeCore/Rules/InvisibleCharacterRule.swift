extension FindingCode {
  package static let invisibleCharacter = FindingCode(
    advice: "invisible-character", .warning,
    "A character that cannot be seen, or looks like a space.",
    explanation: """
      A zero-width space, a soft hyphen or a no-break space in a key or a value makes it another key
      or value to the server, while it looks the same to a person. They come along when text is
      copied from a web page or a chat.
      """,
    bad: "version: 1\ndeploy:\n  port: 8080 #\u{A0}the web port\n",
    good: "version: 1\ndeploy:\n  port: 8080 # the web port\n")
}

extension SpecRule {
  static let invisibleCharacter = SpecRule(.invisibleCharacter) { context in
    runs(in: context.text) { $0.isInvisible && !$0.isBidirectionalControl }.map { span in
      let scalar = context.text.scalars[span.lowerBound]
      return Finding(
        .invisibleCharacter, "\(scalar.described) cannot be seen here", at: span,
        help: "remove it, or put a plain space in its place")
    }
  }

  /// Runs of scalars that fit; emoji may join theirs with invisible ones.
  static func runs(in text: SourceText, _ fits: (Unicode.Scalar) -> Bool) -> [Range<Int>] {
    guard !text.isASCII else { return [] }
    let scalars = text.scalars
    var runs: [Range<Int>] = []
    for (index, scalar) in scalars.enumerated() where scalar.value > 0x7E && fits(scalar) {
      if scalar.joinsEmoji, index > 0, scalars[index - 1].properties.isEmoji,
        scalars[index - 1].value > 0x7E
      {
        continue
      }
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<(index + 1)
      } else {
        runs.append(index..<(index + 1))
      }
    }
    return runs
  }
}

extension Unicode.Scalar {
  /// Marks, embeddings, overrides and isolates of the bidirectional algorithm.
  var isBidirectionalControl: Bool { properties.isBidiControl }

  fileprivate var joinsEmoji: Bool { value == 0x200D || value == 0xFE0F }

  /// Nothing is drawn for it, or blank space that is not a plain space.
  fileprivate var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: true
    default: properties.isDefaultIgnorableCodePoint
    }
  }

  /// Its code point and its name, such as `U+00A0 NO-BREAK SPACE`.
  var described: String {
    let digits = String(value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    let name = properties.name ?? properties.nameAlias
    return name.map { "\(code) \($0)" } ?? code
  }
}
