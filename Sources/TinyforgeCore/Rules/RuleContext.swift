/// What a rule looks at.
struct RuleContext {
  let text: SourceText
  let analysis: SpecAnalysis
  let source: SourceKind?
  /// The last segment of the spec's path; nil where it has none.
  let fileName: String?
  /// The names that a spec may have.
  let usualNames: [String]
  /// Where something that looks like a credential stands.
  let credentials: [Credential]

  var spec: DecodedSpec { analysis.spec }
  var document: YAMLDocument? { analysis.document }

  /// A scalar that was taken as the value of `version` or of a field.
  struct Value {
    var name: String
    var isNumber: Bool
    var node: YAMLNode
    var scalar: YAMLScalar
    /// As it is written, anchor and tag included.
    var written: String
  }

  /// Values that a whole number is wanted of, as plainly written.
  var plainNumbers: [Value] { plainValues { $0.isNumber } }

  /// Values that text is wanted of, as plainly written.
  var plainTexts: [Value] { plainValues { !$0.isNumber } }

  /// Values of both forms, as plainly written; null is none.
  var plainValues: [Value] { plainValues { _ in true } }

  /// All values, however written; null is none.
  var values: [Value] {
    guard let document else { return [] }
    return analysis.facts.uses.compactMap { use in
      if case .null = use.value { return nil }
      let node = document.nodes[use.node]
      return Value(
        name: use.target.name, isNumber: use.target.isNumber, node: node, scalar: use.value,
        written: written(node.span))
    }
  }

  private func plainValues(_ fits: (SpecDecoder.Target) -> Bool) -> [Value] {
    guard let document else { return [] }
    return analysis.facts.uses.compactMap { use in
      let node = document.nodes[use.node]
      guard use.target.isScalar, fits(use.target), node.style == .plain, node.anchor == nil,
        !node.isExplicitlyTagged, use.value != .null
      else { return nil }
      return Value(
        name: use.target.name, isNumber: use.target.isNumber, node: node, scalar: use.value,
        written: written(node.span))
    }
  }

  /// The text of a span.
  func written(_ span: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text.scalars[span.clamped(to: 0..<text.scalars.count)])
    return String(view)
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
