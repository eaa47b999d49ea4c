// block_sequence      ::= BLOCK-SEQUENCE-START (BLOCK-ENTRY block_node?)* BLOCK-END
// indentless_sequence ::= (BLOCK-ENTRY block_node?)+
// block_mapping       ::= BLOCK-MAPPING_START
//                         ((KEY block_node_or_indentless_sequence?)?
//                         (VALUE block_node_or_indentless_sequence?)?)*
//                         BLOCK-END
extension YAMLParser {
  mutating func parseBlockSequenceEntry(first: Bool) throws(YAMLError) -> YAMLEvent {
    if first { try enterCollection() }
    switch try peek() {
    case .blockEntry:
      let mark = tokenEnd
      skipToken()
      switch try peek() {
      case .blockEntry, .blockEnd: return emptyScalar(at: mark, then: .blockSequenceEntry)
      default: return try node(block: true, then: .blockSequenceEntry)
      }
    case .blockEnd:
      return leaveCollection(.sequenceEnd)
    default:
      throw parserError(
        "a '-' is expected here, at the same indentation", "in a block sequence", from: marks.last)
    }
  }

  mutating func parseIndentlessSequenceEntry() throws(YAMLError) -> YAMLEvent {
    guard try peek() == .blockEntry else {
      popState()
      return YAMLEvent(.sequenceEnd, tokenStart, tokenStart)
    }
    let mark = tokenEnd
    skipToken()
    switch try peek() {
    case .blockEntry, .key, .value, .blockEnd:
      return emptyScalar(at: mark, then: .indentlessSequenceEntry)
    default: return try node(block: true, then: .indentlessSequenceEntry)
    }
  }

  mutating func parseBlockMappingKey(first: Bool) throws(YAMLError) -> YAMLEvent {
    if first { try enterCollection() }
    switch try peek() {
    case .key: return try parseBlockMappingContent(then: .blockMappingValue)
    case .blockEnd: return leaveCollection(.mappingEnd)
    default:
      throw parserError(
        "a key is expected here, at the same indentation", "in a block mapping", from: marks.last)
    }
  }

  mutating func parseBlockMappingValue() throws(YAMLError) -> YAMLEvent {
    guard try peek() == .value else { return emptyScalar(at: tokenStart, then: .blockMappingKey) }
    return try parseBlockMappingContent(then: .blockMappingKey)
  }

  /// What follows `?` or `:`, which is consumed.
  private mutating func parseBlockMappingContent(
    then state: State
  ) throws(YAMLError) -> YAMLEvent {
    let mark = tokenEnd
    skipToken()
    switch try peek() {
    case .key, .value, .blockEnd: return emptyScalar(at: mark, then: state)
    default: return try node(block: true, indentless: true, then: state)
    }
  }
}
