/// What the parser makes of the tokens: a node, or the start or end of a collection or document.
struct YAMLEvent {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias, scalar, sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  var kind: Kind
  var start: YAMLMark
  var end: YAMLMark
  var style: YAMLNode.Style
  /// Empty where there is none; an alias's name.
  var anchor: [UInt8]
  /// The tag with its handle replaced; empty where there is none.
  var tag: [UInt8]
  var value: [UInt8]

  init(
    _ kind: Kind, _ start: YAMLMark, _ end: YAMLMark, style: YAMLNode.Style = .plain,
    anchor: [UInt8] = [], tag: [UInt8] = [], value: [UInt8] = []
  ) {
    (self.kind, self.start, self.end) = (kind, start, end)
    (self.style, self.anchor, self.tag, self.value) = (style, anchor, tag, value)
  }

  /// A scalar that nothing is written for.
  static func emptyScalar(at mark: YAMLMark) -> YAMLEvent {
    YAMLEvent(.scalar, mark, mark)
  }
}
