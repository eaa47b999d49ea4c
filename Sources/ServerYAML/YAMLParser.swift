/// Makes events of tokens: a state machine with a stack of its own, so that no depth recurses.
///
/// Derived from libyaml's parser as changed in yaml.v3, see `NOTICE.md`.
struct YAMLParser: ~Copyable {
  /// What is expected next.
  enum State: UInt8 {
    case streamStart, implicitDocumentStart, documentStart, documentContent, documentEnd, end
    case blockNode
    case blockSequenceFirstEntry, blockSequenceEntry, indentlessSequenceEntry
    case blockMappingFirstKey, blockMappingKey, blockMappingValue
    case flowSequenceFirstEntry, flowSequenceEntry
    case flowSequenceEntryMappingKey, flowSequenceEntryMappingValue, flowSequenceEntryMappingEnd
    case flowMappingFirstKey, flowMappingKey, flowMappingValue, flowMappingEmptyValue
  }

  /// The prefix that a handle in a tag abbreviates.
  struct TagDirective {
    var handle: [UInt8]
    var prefix: [UInt8]
  }

  var scanner: YAMLScanner
  var state = State.streamStart
  /// What is expected after the collections that are open.
  var states: ContiguousArray<State> = []
  /// Where the collections started that are open.
  var marks: ContiguousArray<YAMLMark> = []
  /// What the document itself declares.
  var tagDirectives: [TagDirective] = []
  /// The handles that every document has, unless it declares them anew.
  static let usualTagDirectives = [
    TagDirective(handle: Array("!".utf8), prefix: Array("!".utf8)),
    TagDirective(handle: Array("!!".utf8), prefix: YAMLTag.longPrefix),
  ]

  init(_ bytes: [UInt8]) {
    scanner = YAMLScanner(bytes)
  }

  /// Makes the next event.
  mutating func next() throws(YAMLError) -> YAMLEvent {
    switch state {
    case .streamStart: try parseStreamStart()
    case .implicitDocumentStart: try parseDocumentStart(implicit: true)
    case .documentStart: try parseDocumentStart(implicit: false)
    case .documentContent: try parseDocumentContent()
    case .documentEnd: try parseDocumentEnd()
    case .blockNode: try parseNode(block: true)
    case .blockSequenceFirstEntry: try parseBlockSequenceEntry(first: true)
    case .blockSequenceEntry: try parseBlockSequenceEntry(first: false)
    case .indentlessSequenceEntry: try parseIndentlessSequenceEntry()
    case .blockMappingFirstKey: try parseBlockMappingKey(first: true)
    case .blockMappingKey: try parseBlockMappingKey(first: false)
    case .blockMappingValue: try parseBlockMappingValue()
    case .flowSequenceFirstEntry: try parseFlowSequenceEntry(first: true)
    case .flowSequenceEntry: try parseFlowSequenceEntry(first: false)
    case .flowSequenceEntryMappingKey: try parseFlowSequenceEntryMappingKey()
    case .flowSequenceEntryMappingValue: try parseFlowSequenceEntryMappingValue()
    case .flowSequenceEntryMappingEnd: try parseFlowSequenceEntryMappingEnd()
    case .flowMappingFirstKey: try parseFlowMappingKey(first: true)
    case .flowMappingKey: try parseFlowMappingKey(first: false)
    case .flowMappingValue: try parseFlowMappingValue()
    case .flowMappingEmptyValue: try parseFlowMappingEmptyValue()
    case .end: YAMLEvent(.streamEnd, scanner.input.mark, scanner.input.mark)
    }
  }
}

// What the productions share.
extension YAMLParser {
  /// The kind of the next token, which stays.
  @inline(__always) mutating func peek() throws(YAMLError) -> YAMLToken.Kind {
    if !scanner.isHeadReady { try scanner.fetchMoreTokens() }
    return scanner.next.kind
  }

  /// Where the next token starts; it must have been peeked at.
  var tokenStart: YAMLMark { scanner.next.start }

  /// Where the next token ends; it must have been peeked at.
  var tokenEnd: YAMLMark { scanner.next.end }

  /// Removes the next token; it must have been peeked at.
  mutating func skipToken() { scanner.takeToken() }

  /// Goes back to what was expected around the node that is complete.
  mutating func popState() {
    state = states.popLast() ?? .end
  }

  /// Enters a collection: notes where it started, for errors, and consumes its token.
  mutating func enterCollection() throws(YAMLError) {
    _ = try peek()
    marks.append(tokenStart)
    skipToken()
  }

  /// Ends the innermost collection with the next token, which is consumed.
  mutating func leaveCollection(_ kind: YAMLEvent.Kind) -> YAMLEvent {
    popState()
    marks.removeLast()
    let event = YAMLEvent(kind, tokenStart, tokenEnd)
    skipToken()
    return event
  }

  /// An empty scalar, after which `state` follows.
  mutating func emptyScalar(at mark: YAMLMark, then state: State) -> YAMLEvent {
    self.state = state
    return .emptyScalar(at: mark)
  }

  /// A node, after which `state` follows.
  mutating func node(
    block: Bool, indentless: Bool = false, then state: State
  ) throws(YAMLError) -> YAMLEvent {
    states.append(state)
    return try parseNode(block: block, indentless: indentless)
  }

  /// An error at the next token.
  func parserError(
    _ problem: YAMLError.Problem, _ context: String? = nil, from start: YAMLMark? = nil
  ) -> YAMLError {
    YAMLError(.parser, problem, at: tokenStart, context: context, from: start)
  }
}
