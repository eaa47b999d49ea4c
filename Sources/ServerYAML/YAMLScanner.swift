/// Makes tokens of characters, with all the habits of the server's decoder.
///
/// Derived from libyaml's scanner as changed in yaml.v3, see `NOTICE.md`.
struct YAMLScanner: ~Copyable {
  var input: YAMLInput

  /// The queue: what is before `head` is taken already.
  var tokens: ContiguousArray<YAMLToken> = []
  var head = 0
  /// How many tokens were taken; the token at `head` has this number.
  var taken = 0
  /// Whether the token at `head` can be taken, its kind and place being settled.
  var isHeadReady = false
  var isStarted = false

  /// How many `[` and `{` are open.
  var flowLevel = 0
  /// The column of the innermost block collection, -1 outside of all.
  var indent = -1
  /// The columns of the block collections around it.
  var indents: ContiguousArray<Int> = []

  /// Whether a simple key may start here.
  var isSimpleKeyAllowed = false
  /// What may turn out to be a simple key, one for each flow level.
  var simpleKeys: ContiguousArray<YAMLSimpleKey> = []
  /// For a token's number the flow level whose simple key it may start, or -1.
  var keyLevels: ContiguousArray<Int32> = []

  /// The text of the scalar that is scanned.
  var text: [UInt8] = []
  // Memory used again for each scalar.
  var blanks: [UInt8] = []
  var leadingBreak: [UInt8] = []
  var trailingBreaks: [UInt8] = []

  init(_ bytes: [UInt8]) {
    input = YAMLInput(bytes)
    // As many as a usual spec has.
    tokens.reserveCapacity(32)
    keyLevels.reserveCapacity(32)
  }
}

// The queue of tokens.
extension YAMLScanner {
  /// The next token; ``fetchMoreTokens()`` must have made it ready.
  @inline(__always) var next: YAMLToken {
    _read { yield tokens[head] }
  }

  /// Makes the next token ready.
  mutating func fetchMoreTokens() throws(YAMLError) {
    guard !isHeadReady else { return }
    while try needsMoreTokens() { try fetchNextToken() }
    isHeadReady = true
  }

  /// Whether the next token could still change.
  ///
  /// Two tokens after it must be known (the server's decoder wants that for its comments, and
  /// notices errors early by it), and it must no longer be possible that it starts a simple key.
  private mutating func needsMoreTokens() throws(YAMLError) -> Bool {
    guard head < tokens.count - 2 else { return true }
    guard taken < keyLevels.count, keyLevels[taken] >= 0 else { return false }
    return try isSimpleKeyValid(level: Int(keyLevels[taken]))
  }

  /// Removes the next token from the queue.
  @inline(__always) mutating func takeToken() {
    isHeadReady = false
    taken += 1
    head += 1
  }

  mutating func append(_ token: consuming YAMLToken) {
    if head >= 64 {
      tokens.removeSubrange(..<head)
      head = 0
    }
    tokens.append(token)
  }

  /// Puts a token before the one with the number `number`; at the end, if that one is taken.
  mutating func insert(_ token: consuming YAMLToken, before number: Int) throws(YAMLError) {
    guard number >= taken else { return append(token) }
    let place = head + number - taken
    guard place <= tokens.count else {
      // Go's decoder would panic.
      throw scannerError("a key that cannot be placed")
    }
    tokens.insert(token, at: place)
  }

  /// An error at the current place.
  func scannerError(
    _ problem: YAMLError.Problem, _ context: String? = nil, from start: YAMLMark? = nil
  ) -> YAMLError {
    YAMLError(.scanner, problem, at: input.mark, context: context, from: start)
  }
}

// Which token comes next.
extension YAMLScanner {
  private mutating func fetchNextToken() throws(YAMLError) {
    try input.need(1)
    guard isStarted else { return fetchStreamStart() }
    let scanStart = input.mark
    try skipToNextToken()
    unrollIndent(to: input.mark.column, at: scanStart)
    // The longest indicators are `--- ` and `... `.
    try input.need(4)
    if input.isEnd() { return try fetchStreamEnd() }
    if input.mark.column == 0 && input.byte() == "%" { return try fetchDirective() }
    if input.isDocumentIndicator() { return try fetchDocumentIndicator() }
    try fetchContentToken()
    // A comment after `-` belongs to what follows; after all else it is consumed with the token.
    if let last = tokens.last, last.kind != .blockEntry { try skipLineComment() }
  }

  private mutating func fetchContentToken() throws(YAMLError) {
    switch input.byte() {
    case "[": try fetchFlowCollectionStart(.flowSequenceStart)
    case "{": try fetchFlowCollectionStart(.flowMappingStart)
    case "]": try fetchFlowCollectionEnd(.flowSequenceEnd)
    case "}": try fetchFlowCollectionEnd(.flowMappingEnd)
    case ",": try fetchFlowEntry()
    case "*": try fetchAnchor(.alias)
    case "&": try fetchAnchor(.anchor)
    case "!": try fetchTag()
    case "'": try fetchQuotedScalar(.singleQuoted)
    case "\"": try fetchQuotedScalar(.doubleQuoted)
    case "-" where input.isBlankOrEnd(1): try fetchBlockEntry()
    case "?" where flowLevel > 0 || input.isBlankOrEnd(1): try fetchKey()
    case ":" where flowLevel > 0 || input.isBlankOrEnd(1): try fetchValue()
    case "|" where flowLevel == 0: try fetchBlockScalar(.literal)
    case ">" where flowLevel == 0: try fetchBlockScalar(.folded)
    case "\t":
      throw scannerError("a tab character cannot indent", from: input.mark)
    case "|", ">", "#", "%", "@", "`", " ":
      let character = [input.byte()]
      throw scannerError("'\(character)' cannot start a value here", from: input.mark)
    default: try fetchPlainScalar()
    }
  }

  private mutating func fetchStreamStart() {
    simpleKeys.append(YAMLSimpleKey(tokenNumber: 0, mark: input.mark))
    isSimpleKeyAllowed = true
    isStarted = true
    append(YAMLToken(.streamStart, input.mark, input.mark))
  }

  private mutating func fetchStreamEnd() throws(YAMLError) {
    if input.mark.column != 0 {
      input.mark.column = 0
      input.mark.line += 1
    }
    unrollIndent(to: -1, at: input.mark)
    try removeSimpleKey()
    isSimpleKeyAllowed = false
    append(YAMLToken(.streamEnd, input.mark, input.mark))
  }

  private mutating func fetchDirective() throws(YAMLError) {
    unrollIndent(to: -1, at: input.mark)
    try removeSimpleKey()
    isSimpleKeyAllowed = false
    append(try scanDirective())
  }

  private mutating func fetchDocumentIndicator() throws(YAMLError) {
    unrollIndent(to: -1, at: input.mark)
    try removeSimpleKey()
    isSimpleKeyAllowed = false
    let start = input.mark
    let kind: YAMLToken.Kind = input.byte() == "-" ? .documentStart : .documentEnd
    for _ in 0..<3 { input.skip() }
    append(YAMLToken(kind, start, input.mark))
  }
}
