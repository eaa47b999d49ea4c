/// What the parser makes of the tokens: a node, or the start or end of a collection or document.
struct YAMLEvent {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias, scalar, sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  var kind: Kind
  var start: YAMLMark
  var end: YAMLMark
  var style: YAMLNode.Style = .plain
  /// Empty where there is none; an alias's name.
  var anchor: [UInt8] = []
  /// The tag with its handle replaced; empty where there is none.
  var tag: [UInt8] = []
  var value: [UInt8] = []

  init(_ kind: Kind, _ start: YAMLMark, _ end: YAMLMark) {
    self.kind = kind
    self.start = start
    self.end = end
  }

  /// A scalar that nothing is written for.
  static func emptyScalar(at mark: YAMLMark) -> YAMLEvent {
    YAMLEvent(.scalar, mark, mark)
  }
}
