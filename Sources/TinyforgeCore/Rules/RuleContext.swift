import ServerYAML

/// What a rule looks at.
///
/// A reference, as it is handed to twenty rules.
final class RuleContext {
  let text: SourceText
  let analysis: SpecAnalysis
  let source: SourceKind?
  /// The last segment of the spec's path; nil where it has none.
  let fileName: String?
  /// The names that a spec may have.
  let usualNames: [String]
  /// The places of what looks like a credential.
  let credentials: [Credential]
  /// What another reader makes of the same bytes, read when it is asked for; nil where none is there to ask.
  let readOtherwise: (() -> OtherReading)?
  /// What was taken as the value of `version` or of a field, however written; null is none.
  let values: [Value]

  var spec: DecodedSpec { analysis.spec }
  var document: YAMLDocument? { analysis.document }

  /// A scalar that was taken as the value of `version` or of a field.
  ///
  /// A reference, as ten rules go through them all.
  final class Value {
    let name: String
    let isNumber: Bool
    /// Whether it is one of the spec's own values, without quotes, anchor or tag.
    let isPlain: Bool
    let node: YAMLNode
    let scalar: YAMLScalar
    /// As it is written, anchor and tag included.
    let written: String
    /// How a number is written; nil where text is wanted.
    let form: NumberForm?

    init(_ use: SpecFacts.Use, _ node: YAMLNode, in text: SourceText) {
      name = use.target.name
      isNumber = use.target.isNumber
      isPlain =
        use.target.isScalar && node.style == .plain && node.anchor == nil
        && !node.isExplicitlyTagged
      self.node = node
      scalar = use.value
      written = String(scalars: text.scalars[node.span.clamped(to: 0..<text.scalars.count)])
      form = isNumber ? NumberForm(written) : nil
    }
  }

  /// Values of both forms, as plainly written.
  var plainValues: some Sequence<Value> { values.lazy.filter(\.isPlain) }

  /// Values that a whole number is wanted of, as plainly written.
  var plainNumbers: some Sequence<Value> { values.lazy.filter { $0.isPlain && $0.isNumber } }

  /// Values that text is wanted of, as plainly written.
  var plainTexts: some Sequence<Value> { values.lazy.filter { $0.isPlain && !$0.isNumber } }

  init(
    text: SourceText, analysis: SpecAnalysis, source: SourceKind?, fileName: String?,
    usualNames: [String], credentials: [Credential], readOtherwise: (() -> OtherReading)?
  ) {
    self.text = text
    self.analysis = analysis
    self.source = source
    self.fileName = fileName
    self.usualNames = usualNames
    self.credentials = credentials
    self.readOtherwise = readOtherwise
    values = Self.values(of: analysis, in: text)
  }

  /// Once for all rules: ten of them look at values.
  private static func values(of analysis: SpecAnalysis, in text: SourceText) -> [Value] {
    guard let document = analysis.document else { return [] }
    return analysis.facts.uses.compactMap { use in
      if case .null = use.value { return nil }
      return Value(use, document.nodes[use.node], in: text)
    }
  }

  /// The declared value of a field.
  func declared(_ field: SpecField) -> DeclaredField? {
    spec.declared.first { $0.field == field }
  }

  /// The key whose value the node with this index is; nil for a list's item.
  func key(ofValue index: Int) -> YAMLNode? {
    guard let document else { return nil }
    for node in document.nodes where node.kind == .mapping {
      for (key, value) in node.pairs where value == index { return document.nodes[key] }
    }
    return nil
  }
}
