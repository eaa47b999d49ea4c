// stream            ::= STREAM-START implicit_document? explicit_document* STREAM-END
// implicit_document ::= block_node DOCUMENT-END*
// explicit_document ::= DIRECTIVE* DOCUMENT-START block_node? DOCUMENT-END*
extension YAMLParser {
  mutating func parseStreamStart() throws(YAMLError) -> YAMLEvent {
    _ = try peek()
    state = .implicitDocumentStart
    let event = YAMLEvent(.streamStart, tokenStart, tokenEnd)
    skipToken()
    return event
  }

  mutating func parseDocumentStart(implicit: Bool) throws(YAMLError) -> YAMLEvent {
    var kind = try peek()
    while !implicit && kind == .documentEnd {
      skipToken()
      kind = try peek()
    }
    switch kind {
    case .streamEnd:
      state = .end
      let event = YAMLEvent(.streamEnd, tokenStart, tokenEnd)
      skipToken()
      return event
    case .versionDirective, .tagDirective, .documentStart:
      return try parseExplicitDocumentStart()
    default:
      guard implicit else { return try parseExplicitDocumentStart() }
      try processDirectives()
      states.append(.documentEnd)
      state = .blockNode
      return YAMLEvent(.documentStart, tokenStart, tokenEnd)
    }
  }

  private mutating func parseExplicitDocumentStart() throws(YAMLError) -> YAMLEvent {
    let start = tokenStart
    try processDirectives()
    guard try peek() == .documentStart else {
      throw parserError("a document must start with '---' here")
    }
    states.append(.documentEnd)
    state = .documentContent
    let event = YAMLEvent(.documentStart, start, tokenEnd)
    skipToken()
    return event
  }

  mutating func parseDocumentContent() throws(YAMLError) -> YAMLEvent {
    switch try peek() {
    case .versionDirective, .tagDirective, .documentStart, .documentEnd, .streamEnd:
      popState()
      return .emptyScalar(at: tokenStart)
    default:
      return try parseNode(block: true)
    }
  }

  mutating func parseDocumentEnd() throws(YAMLError) -> YAMLEvent {
    let kind = try peek()
    var event = YAMLEvent(.documentEnd, tokenStart, tokenStart)
    if kind == .documentEnd {
      event.end = tokenEnd
      skipToken()
    }
    tagDirectives.removeAll()
    state = .documentStart
    return event
  }

  /// Consumes the directives before a document.
  private mutating func processDirectives() throws(YAMLError) {
    var hasVersion = false
    while true {
      switch try peek() {
      case .versionDirective:
        if hasVersion { throw parserError("a second %YAML directive") }
        guard scanner.next.value == [1, 1] else {
          throw parserError("only YAML 1.1 is supported by the %YAML directive")
        }
        hasVersion = true
      case .tagDirective:
        let directive = TagDirective(handle: scanner.next.value, prefix: scanner.next.suffix)
        guard add(directive) else { throw parserError("a second %TAG directive for a handle") }
      default: return
      }
      skipToken()
    }
  }

  /// Adds a handle, unless it is there already.
  private mutating func add(_ directive: TagDirective) -> Bool {
    if tagDirectives.contains(where: { $0.handle == directive.handle }) { return false }
    tagDirectives.append(directive)
    return true
  }
}
