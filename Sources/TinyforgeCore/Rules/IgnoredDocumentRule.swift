import ServerYAML

extension FindingCode {
  package static let ignoredDocument = FindingCode(
    advice: "ignored-document", .warning, "Content behind the first document, which is not read.",
    explanation: """
      The server reads one document. Text after a second `---`, or after `...`, is not
      read, and need not even be YAML.
      """,
    bad: "version: 1\ndeploy:\n  port: 8080\n---\ndeploy:\n  healthcheck: /healthz\n",
    good: "version: 1\ndeploy:\n  port: 8080\n  healthcheck: /healthz\n")
}

extension SpecRule {
  static let ignoredDocument = SpecRule(.ignoredDocument) { context in
    guard let document = context.document, let span = content(behind: document.end.index, context)
    else { return [] }
    return [
      Finding(
        .ignoredDocument, "the server reads the first document only, not what begins here",
        at: span,
        help: "move what is meant into the first document, and remove the rest")
    ]
  }

  /// The first line with more than a comment or a document's mark.
  private static func content(behind offset: Int, _ context: RuleContext) -> Range<Int>? {
    let scalars = context.text.scalars
    var start = min(offset, scalars.count)
    while start < scalars.count {
      let end = scalars[start...].firstIndex { $0 == "\n" || $0 == "\r" } ?? scalars.count
      var line = scalars[start..<end]
      if ["---", "..."].contains(String(scalars: line.prefix(3))) {
        line = line.dropFirst(3)
      }
      let words = line.drop { $0 == " " || $0 == "\t" }
      let isDirective = line.first == "%" && start == line.startIndex
      if let first = words.first, first != "#", !isDirective { return words.startIndex..<end }
      start = end + 1
    }
    return nil
  }
}
