import ServerYAML

/// How a value is written in a spec, and how another is written in its place.
struct SpecNodeText {
  private let node: YAMLNode
  private let key: YAMLNode
  private let source: SourceText

  init(_ node: YAMLNode, after key: YAMLNode, in source: SourceText) {
    (self.node, self.key, self.source) = (node, key, source)
  }

  /// The edits to try: with anchor and tag kept, and without them.
  func replacements(by value: FieldValue) -> [[SourceEdit]] {
    let span = node.span.clamped(to: 0..<source.scalars.count)
    let written = YAMLText.scalar(value, style: style)
    if span.isEmpty { return [[SourceEdit(afterColon, " " + written)]] }
    // An alias is replaced by the value itself.
    if node.kind == .alias { return [[SourceEdit(span, written)]] }
    guard node.kind == .scalar else { return [] }
    let content = contentStart(in: span)
    var all: [[SourceEdit]] = []
    if let content { all.append(edits(of: content..<span.upperBound, to: written)) }
    if content == nil || content != span.lowerBound,
      !holdsComment(span.lowerBound..<(content ?? span.upperBound))
    {
      let end = content.map { $0..<span.upperBound } ?? span.upperBound..<span.upperBound
      let rest = edits(of: end, to: written)
      // Anchor and tag go, with what is between them and the text.
      if let first = rest.first {
        all.append(
          [SourceEdit(span.lowerBound..<first.span.upperBound, first.replacement)]
            + rest.dropFirst())
      }
    }
    return all
  }

  private var style: YAMLText.Style {
    switch node.style {
    case .singleQuoted: .singleQuoted
    case .doubleQuoted: .doubleQuoted
    default: .plain
    }
  }

  /// Where the text begins after anchor and tag; nil where a comment is between, or nothing follows.
  private func contentStart(in span: Range<Int>) -> Int? {
    var place = span.lowerBound
    guard node.anchor != nil || node.isExplicitlyTagged || source.scalars[place] == "!" else {
      return place
    }
    while place < span.upperBound {
      switch source.scalars[place] {
      case "&", "!":
        while place < span.upperBound, !Self.isSpace(source.scalars[place]) { place += 1 }
      case let scalar where Self.isSpace(scalar): place += 1
      case "#": return nil
      default: return place
      }
    }
    return nil
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || isBreak(scalar)
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\r" || scalar == "\u{85}" || scalar == "\u{2028}"
      || scalar == "\u{2029}"
  }

  private func holdsComment(_ span: Range<Int>) -> Bool {
    source.scalars[span].contains { $0 == "#" }
  }

  /// One edit; two for a block scalar, whose header's comment stays.
  private func edits(of span: Range<Int>, to written: String) -> [SourceEdit] {
    guard node.style == .literal || node.style == .folded, !span.isEmpty else {
      return [SourceEdit(span, written)]
    }
    let scalars = source.scalars
    let headerEnd = scalars[span].firstIndex { Self.isBreak($0) } ?? span.upperBound
    let indicator =
      scalars[span.lowerBound..<headerEnd].firstIndex { Self.isSpace($0) } ?? headerEnd
    var end = span.upperBound
    while end > headerEnd, Self.isSpace(scalars[end - 1]) { end -= 1 }
    return [SourceEdit(span.lowerBound..<indicator, written), SourceEdit(headerEnd..<end, "")]
  }

  /// The place after the key's colon, for a value that nothing is written of.
  private var afterColon: Range<Int> {
    let scalars = source.scalars
    var place = min(key.span.upperBound, scalars.count)
    while place < scalars.count, scalars[place] == " " || scalars[place] == "\t" { place += 1 }
    if place < scalars.count, scalars[place] == ":" { place += 1 }
    return place..<place
  }
}
