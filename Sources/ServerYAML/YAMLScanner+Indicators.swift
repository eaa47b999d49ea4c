// Tokens of one character.
extension YAMLScanner {
  mutating func fetchFlowCollectionStart(_ kind: YAMLToken.Kind) throws(YAMLError) {
    // The collection may be a simple key, and so may its first entry.
    try saveSimpleKey()
    try increaseFlowLevel()
    isSimpleKeyAllowed = true
    fetchIndicator(kind)
  }

  mutating func fetchFlowCollectionEnd(_ kind: YAMLToken.Kind) throws(YAMLError) {
    try removeSimpleKey()
    decreaseFlowLevel()
    isSimpleKeyAllowed = false
    fetchIndicator(kind)
  }

  mutating func fetchFlowEntry() throws(YAMLError) {
    try removeSimpleKey()
    isSimpleKeyAllowed = true
    fetchIndicator(.flowEntry)
  }

  mutating func fetchBlockEntry() throws(YAMLError) {
    if flowLevel == 0 {
      guard isSimpleKeyAllowed else {
        throw scannerError("a sequence entry is not allowed here", from: input.mark)
      }
      try rollIndent(to: input.mark.column, .blockSequenceStart, at: input.mark)
    }
    // In a flow collection it is an error too, which the parser finds.
    try removeSimpleKey()
    isSimpleKeyAllowed = true
    fetchIndicator(.blockEntry)
  }

  mutating func fetchKey() throws(YAMLError) {
    if flowLevel == 0 {
      guard isSimpleKeyAllowed else {
        throw scannerError("a mapping key is not allowed here", from: input.mark)
      }
      try rollIndent(to: input.mark.column, .blockMappingStart, at: input.mark)
    }
    try removeSimpleKey()
    isSimpleKeyAllowed = flowLevel == 0
    fetchIndicator(.key)
  }

  mutating func fetchValue() throws(YAMLError) {
    let level = simpleKeys.count - 1
    if try isSimpleKeyValid(level: level) {
      try fetchSimpleKey(level)
    } else {
      try checkValueOfComplexKey()
    }
    fetchIndicator(.value)
  }

  /// Turns what the level has into a key, now that its `:` is found.
  private mutating func fetchSimpleKey(_ level: Int) throws(YAMLError) {
    let key = simpleKeys[level]
    try insert(YAMLToken(.key, key.mark, key.mark), before: key.tokenNumber)
    try rollIndent(
      to: key.mark.column, .blockMappingStart, before: key.tokenNumber, at: key.mark)
    settleSimpleKey(level)
    // A simple key cannot follow another one on the same line.
    isSimpleKeyAllowed = false
  }

  private mutating func checkValueOfComplexKey() throws(YAMLError) {
    if flowLevel == 0 {
      guard isSimpleKeyAllowed else {
        throw scannerError("a mapping value is not allowed here", from: input.mark)
      }
      try rollIndent(to: input.mark.column, .blockMappingStart, at: input.mark)
    }
    isSimpleKeyAllowed = flowLevel == 0
  }

  private mutating func fetchIndicator(_ kind: YAMLToken.Kind) {
    let start = input.mark
    input.skip()
    append(YAMLToken(kind, start, input.mark))
  }
}
