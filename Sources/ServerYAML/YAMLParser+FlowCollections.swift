// flow_sequence       ::= FLOW-SEQUENCE-START (flow_sequence_entry FLOW-ENTRY)*
//                         flow_sequence_entry? FLOW-SEQUENCE-END
// flow_sequence_entry ::= flow_node | KEY flow_node? (VALUE flow_node?)?
// flow_mapping        ::= FLOW-MAPPING-START (flow_mapping_entry FLOW-ENTRY)*
//                         flow_mapping_entry? FLOW-MAPPING-END
// flow_mapping_entry  ::= flow_node | KEY flow_node? (VALUE flow_node?)?
extension YAMLParser {
  mutating func parseFlowSequenceEntry(first: Bool) throws(YAMLError) -> YAMLEvent {
    if first { try enterCollection() }
    if !first { try skipFlowEntry(before: .flowSequenceEnd, "in a flow sequence", "']'") }
    switch try peek() {
    case .flowSequenceEnd: return leaveCollection(.sequenceEnd)
    case .key:
      // A mapping of one pair without braces.
      state = .flowSequenceEntryMappingKey
      var event = YAMLEvent(.mappingStart, tokenStart, tokenEnd)
      event.style = .flow
      skipToken()
      return event
    default: return try node(block: false, then: .flowSequenceEntry)
    }
  }

  /// Consumes the comma that is required between entries; one before the end is allowed.
  private mutating func skipFlowEntry(
    before end: YAMLToken.Kind, _ context: String, _ bracket: String
  ) throws(YAMLError) {
    let kind = try peek()
    guard kind != end else { return }
    guard kind == .flowEntry else {
      throw parserError("a ',' or \(bracket) is expected here", context, from: marks.last)
    }
    skipToken()
  }

  mutating func parseFlowSequenceEntryMappingKey() throws(YAMLError) -> YAMLEvent {
    switch try peek() {
    case .value, .flowEntry, .flowSequenceEnd:
      // The server's decoder consumes the token, even a `]` or a comma.
      let mark = tokenEnd
      skipToken()
      return emptyScalar(at: mark, then: .flowSequenceEntryMappingValue)
    default: return try node(block: false, then: .flowSequenceEntryMappingValue)
    }
  }

  mutating func parseFlowSequenceEntryMappingValue() throws(YAMLError) -> YAMLEvent {
    var mark: YAMLMark?
    if try peek() == .value {
      // Go's variable for the token is shadowed here: an empty value has the colon's position.
      mark = tokenStart
      skipToken()
      switch try peek() {
      case .flowEntry, .flowSequenceEnd: break
      default: return try node(block: false, then: .flowSequenceEntryMappingEnd)
      }
    }
    return emptyScalar(at: mark ?? tokenStart, then: .flowSequenceEntryMappingEnd)
  }

  mutating func parseFlowSequenceEntryMappingEnd() throws(YAMLError) -> YAMLEvent {
    _ = try peek()
    state = .flowSequenceEntry
    return YAMLEvent(.mappingEnd, tokenStart, tokenStart)
  }

  mutating func parseFlowMappingKey(first: Bool) throws(YAMLError) -> YAMLEvent {
    if first { try enterCollection() }
    if !first { try skipFlowEntry(before: .flowMappingEnd, "in a flow mapping", "'}'") }
    switch try peek() {
    case .flowMappingEnd: return leaveCollection(.mappingEnd)
    case .key: return try parseFlowMappingContent(then: .flowMappingValue)
    default: return try node(block: false, then: .flowMappingEmptyValue)
    }
  }

  mutating func parseFlowMappingValue() throws(YAMLError) -> YAMLEvent {
    guard try peek() == .value else { return emptyScalar(at: tokenStart, then: .flowMappingKey) }
    skipToken()
    switch try peek() {
    case .flowEntry, .flowMappingEnd: return emptyScalar(at: tokenStart, then: .flowMappingKey)
    default: return try node(block: false, then: .flowMappingKey)
    }
  }

  /// The value of an entry that is not a pair.
  mutating func parseFlowMappingEmptyValue() throws(YAMLError) -> YAMLEvent {
    _ = try peek()
    return emptyScalar(at: tokenStart, then: .flowMappingKey)
  }

  /// What follows `?`, which is consumed.
  private mutating func parseFlowMappingContent(
    then state: State
  ) throws(YAMLError) -> YAMLEvent {
    skipToken()
    switch try peek() {
    case .value, .flowEntry, .flowMappingEnd: return emptyScalar(at: tokenStart, then: state)
    default: return try node(block: false, then: state)
    }
  }
}
