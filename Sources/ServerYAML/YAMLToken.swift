/// What the scanner makes of the characters.
struct YAMLToken {
  enum Kind: UInt8 {
    case streamStart, streamEnd, versionDirective, tagDirective, documentStart, documentEnd
    /// Indentation that increases, and that decreases.
    case blockSequenceStart, blockMappingStart, blockEnd
    case flowSequenceStart, flowSequenceEnd, flowMappingStart, flowMappingEnd
    /// `-` and `,`.
    case blockEntry, flowEntry
    /// `?` or the start of a simple key, and `:`.
    case key, value
    case alias, anchor, tag, scalar
  }

  var kind: Kind
  var style: YAMLNode.Style
  var start: YAMLMark
  var end: YAMLMark
  /// A scalar's text, a name, a tag's handle, or a version's two numbers.
  var value: [UInt8]
  /// A tag's suffix, or the prefix that a directive gives to a handle.
  var suffix: [UInt8]

  init(
    _ kind: Kind, _ start: YAMLMark, _ end: YAMLMark, style: YAMLNode.Style = .plain,
    value: [UInt8] = [], suffix: [UInt8] = []
  ) {
    self.kind = kind
    self.style = style
    self.start = start
    self.end = end
    self.value = value
    self.suffix = suffix
  }
}
