import ServerYAML

/// Where a field that a spec does not declare yet is written.
struct SpecInsertion {
  private let document: YAMLDocument
  private let source: SourceText

  init(_ document: YAMLDocument, _ source: SourceText) {
    (self.document, self.source) = (document, source)
  }

  /// `line` as one more entry of a mapping: after its last, or before its first.
  func candidates(of line: String, in mapping: YAMLNode) -> [[SourceEdit]] {
    guard let first = mapping.children.first, let last = mapping.children.last else {
      // `{}`: after the opening bracket.
      guard let bracket = source.scalars[mapping.span].firstIndex(of: "{") else { return [] }
      return [[SourceEdit(bracket + 1..<bracket + 1, line)]]
    }
    let start = document.nodes[first].start
    if mapping.style == .flow { return [[SourceEdit(start.index..<start.index, line + ", ")]] }
    let indent = String(repeating: " ", count: start.column)
    let end = lineEnd(after: lastPlace(of: last))
    return [
      [SourceEdit(end..<end, lineBreak + indent + line)],
      [SourceEdit(start.index..<start.index, line + lineBreak + indent)],
    ]
  }

  /// `line` in a mapping that is not there yet, under a key of its own.
  func candidates(of line: String, inNew key: String, of mapping: YAMLNode) -> [[SourceEdit]] {
    if mapping.style == .flow { return candidates(of: "\(key): {\(line)}", in: mapping) }
    let indent = String(
      repeating: " ", count: document.nodes[mapping.children.first ?? 0].start.column + 2)
    return candidates(of: "\(key):\(lineBreak)\(indent)\(line)", in: mapping)
  }

  /// `line` in the place of null.
  func candidates(
    of line: String, inEmpty value: YAMLNode, after key: YAMLNode, of mapping: YAMLNode
  )
    -> [[SourceEdit]]
  {
    let span = value.span.clamped(to: 0..<source.scalars.count)
    guard span.isEmpty else { return [[SourceEdit(span, "{\(line)}")]] }
    var place = min(key.span.upperBound, source.scalars.count)
    while place < source.scalars.count, source.scalars[place] != ":" { place += 1 }
    let after = min(place + 1, source.scalars.count)
    let indent = String(repeating: " ", count: key.start.column + 2)
    let end = lineEnd(after: after)
    let inFlow = [[SourceEdit(after..<after, " {\(line)}")]]
    return mapping.style == .flow
      ? inFlow : [[SourceEdit(end..<end, lineBreak + indent + line)]] + inFlow
  }

  private var lineBreak: String {
    guard let index = source.scalars.firstIndex(where: { $0 == "\n" || $0 == "\r" }) else {
      return "\n"
    }
    if source.scalars[index] == "\n" { return "\n" }
    return index + 1 < source.scalars.count && source.scalars[index + 1] == "\n" ? "\r\n" : "\r"
  }

  /// The last scalar's place that a node and what is in it take.
  private func lastPlace(of index: Int) -> Int {
    var place = document.nodes[index].span.upperBound
    var current = index
    while let last = document.nodes[current].children.last {
      place = max(place, document.nodes[last].span.upperBound)
      current = last
    }
    // A block scalar ends where the next thing begins.
    var end = min(place, source.scalars.count)
    while end > 0, "\n\r \t".unicodeScalars.contains(source.scalars[end - 1]) { end -= 1 }
    return end
  }

  private func lineEnd(after place: Int) -> Int {
    source.scalars[place...].firstIndex { $0 == "\n" || $0 == "\r" } ?? source.scalars.count
  }
}
