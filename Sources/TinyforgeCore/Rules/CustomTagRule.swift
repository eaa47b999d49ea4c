import ServerYAML

extension FindingCode {
  package static let customTag = FindingCode(
    advice: "custom-tag", .warning, "A tag that the server does not know, and passes over.",
    explanation: """
      `!vault`, `!env` and the like ask a tool to put something else in the value's place. The server
      does nothing of the kind: it drops the tag and takes the text after it as it is.
      """,
    bad: "version: 1\ndeploy:\n  healthcheck: !env /healthz\n",
    good: "version: 1\ndeploy:\n  healthcheck: /healthz\n")
}

extension SpecRule {
  static let customTag = SpecRule(.customTag) { context in
    (context.document?.nodes ?? []).compactMap { node in
      guard node.isExplicitlyTagged, !knownTags.contains(node.tag) else { return nil }
      return Finding(
        .customTag, "the server passes over the tag \(Quotation.short(Array(node.tag.utf8)))",
        at: tagSpan(of: node, context.text), help: "remove the tag")
    }
  }

  private static let knownTags: Set<String> = [
    YAMLTag.null, YAMLTag.bool, YAMLTag.string, YAMLTag.int, YAMLTag.float, YAMLTag.timestamp,
    YAMLTag.sequence, YAMLTag.mapping, YAMLTag.binary, YAMLTag.merge,
  ]

  /// The tag itself, which may follow an anchor.
  private static func tagSpan(of node: YAMLNode, _ text: SourceText) -> Range<Int> {
    let span = node.span.clamped(to: 0..<text.scalars.count)
    guard let start = text.scalars[span].firstIndex(of: "!") else { return span }
    let end = text.scalars[start..<span.upperBound].firstIndex { $0.properties.isWhitespace }
    return start..<(end ?? span.upperBound)
  }
}
