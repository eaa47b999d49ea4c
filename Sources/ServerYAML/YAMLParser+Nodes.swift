// block_node_or_indentless_sequence ::= ALIAS
//                                     | properties (block_content | indentless_block_sequence)?
//                                     | block_content | indentless_block_sequence
// block_node    ::= ALIAS | properties block_content? | block_content
// flow_node     ::= ALIAS | properties flow_content? | flow_content
// properties    ::= TAG ANCHOR? | ANCHOR TAG?
// block_content ::= block_collection | flow_collection | SCALAR
// flow_content  ::= flow_collection | SCALAR
extension YAMLParser {
  /// The properties before a node's content.
  private struct Properties {
    var start: YAMLMark
    var end: YAMLMark
    var anchor: [UInt8] = []
    var tag: [UInt8] = []
  }

  mutating func parseNode(
    block: Bool, indentless: Bool = false
  ) throws(YAMLError) -> YAMLEvent {
    let first = try peek()
    if first == .alias { return parseAlias() }
    var properties = Properties(start: tokenStart, end: tokenStart)
    if first == .anchor || first == .tag { try parseProperties(&properties) }
    switch try peek() {
    case .blockEntry where indentless:
      return startCollection(.sequenceStart, .block, properties, .indentlessSequenceEntry)
    case .scalar: return parseScalar(properties)
    case .flowSequenceStart:
      return startCollection(.sequenceStart, .flow, properties, .flowSequenceFirstEntry)
    case .flowMappingStart:
      return startCollection(.mappingStart, .flow, properties, .flowMappingFirstKey)
    case .blockSequenceStart where block:
      return startCollection(.sequenceStart, .block, properties, .blockSequenceFirstEntry)
    case .blockMappingStart where block:
      return startCollection(.mappingStart, .block, properties, .blockMappingFirstKey)
    default:
      return try parseMissingContent(properties, block: block)
    }
  }

  private mutating func parseAlias() -> YAMLEvent {
    popState()
    let event = YAMLEvent(.alias, tokenStart, tokenEnd, anchor: scanner.next.value)
    skipToken()
    return event
  }

  private mutating func parseProperties(_ properties: inout Properties) throws(YAMLError) {
    var tagStart: YAMLMark?
    var handle: [UInt8] = []
    var suffix: [UInt8] = []
    loop: while true {
      switch try peek() {
      case .anchor where properties.anchor.isEmpty: properties.anchor = scanner.next.value
      case .tag where tagStart == nil:
        tagStart = tokenStart
        handle = scanner.next.value
        suffix = scanner.next.suffix
      default: break loop
      }
      properties.end = tokenEnd
      skipToken()
    }
    guard let tagStart else { return }
    if handle.isEmpty {
      properties.tag = suffix
    } else if let prefix = prefix(ofTagHandle: handle) {
      properties.tag = prefix + suffix
    } else {
      throw YAMLError(
        .parser, "the tag's handle is not declared", at: tagStart, context: "in a node",
        from: properties.start)
    }
  }

  private func prefix(ofTagHandle handle: [UInt8]) -> [UInt8]? {
    (tagDirectives + Self.usualTagDirectives).first { $0.handle == handle }?.prefix
  }

  private mutating func startCollection(
    _ kind: YAMLEvent.Kind, _ style: YAMLNode.Style, _ properties: Properties, _ state: State
  ) -> YAMLEvent {
    self.state = state
    return event(kind, style, properties, end: tokenEnd)
  }

  private mutating func parseScalar(_ properties: Properties) -> YAMLEvent {
    popState()
    let event = event(
      .scalar, scanner.next.style, properties, end: tokenEnd, value: scanner.next.value)
    skipToken()
    return event
  }

  /// Anchors and tags without a value belong to an empty scalar.
  private mutating func parseMissingContent(
    _ properties: Properties, block: Bool
  ) throws(YAMLError) -> YAMLEvent {
    guard properties.anchor.isEmpty, properties.tag.isEmpty else {
      popState()
      return event(.scalar, .plain, properties, end: properties.end)
    }
    guard !block else {
      throw parserError(
        "a value is expected here", "in a block collection", from: properties.start)
    }
    // Blank lines may be between the bracket, where the fault begins, and here.
    throw parserError(
      "a value is expected here", "in a flow collection", from: marks.last ?? properties.start)
  }

  private func event(
    _ kind: YAMLEvent.Kind, _ style: YAMLNode.Style, _ properties: Properties, end: YAMLMark,
    value: [UInt8] = []
  ) -> YAMLEvent {
    YAMLEvent(
      kind, properties.start, end, style: style, anchor: properties.anchor, tag: properties.tag,
      value: value)
  }
}
