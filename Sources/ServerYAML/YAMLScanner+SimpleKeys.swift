// "If the ? indicator is omitted, parsing needs to see past the implicit key to recognize it as
// such. To limit the amount of lookahead required, the ":" indicator must appear at most 1024
// Unicode characters beyond the start of the key. In addition, the key is restricted to a single
// line." (YAML 1.2)
extension YAMLScanner {
  /// The number that the next appended token will have.
  private var nextTokenNumber: Int { taken + tokens.count - head }

  /// Whether a `:` at the current place would make a key of what the level has.
  ///
  /// Only checked when somebody asks: a key that was given up is found out no sooner.
  mutating func isSimpleKeyValid(level: Int) throws(YAMLError) -> Bool {
    guard level < simpleKeys.count else {
      // Go's decoder would panic.
      throw scannerError("a key of a collection that is closed")
    }
    let key = simpleKeys[level]
    guard key.isPossible else { return false }
    if key.mark.line < input.mark.line || key.mark.index + 1024 < input.mark.index {
      if key.isRequired { throw missingColon(after: key) }
      simpleKeys[level].isPossible = false
      return false
    }
    return true
  }

  /// Notes that the token that comes next may start a simple key, where one is allowed.
  mutating func saveSimpleKey() throws(YAMLError) {
    // In block context, at the column of the indentation, only a key is allowed.
    let isRequired = flowLevel == 0 && indent == input.mark.column
    guard isSimpleKeyAllowed else { return }
    try removeSimpleKey()
    let key = YAMLSimpleKey(
      isPossible: true, isRequired: isRequired, tokenNumber: nextTokenNumber, mark: input.mark)
    let level = simpleKeys.count - 1
    simpleKeys[level] = key
    while keyLevels.count <= key.tokenNumber { keyLevels.append(-1) }
    keyLevels[key.tokenNumber] = Int32(truncatingIfNeeded: level)
  }

  /// Gives up what may have become a simple key at the current flow level.
  mutating func removeSimpleKey() throws(YAMLError) {
    let level = simpleKeys.count - 1
    guard simpleKeys[level].isPossible else { return }
    if simpleKeys[level].isRequired { throw missingColon(after: simpleKeys[level]) }
    settleSimpleKey(level)
  }

  /// Notes that the level's simple key became one, or never will.
  mutating func settleSimpleKey(_ level: Int) {
    simpleKeys[level].isPossible = false
    forgetKeyLevel(of: simpleKeys[level].tokenNumber)
  }

  mutating func increaseFlowLevel() throws(YAMLError) {
    simpleKeys.append(YAMLSimpleKey(tokenNumber: nextTokenNumber, mark: input.mark))
    flowLevel += 1
    if flowLevel > 10_000 {
      throw scannerError("collections are nested more than 10000 deep", from: input.mark)
    }
  }

  mutating func decreaseFlowLevel() {
    guard flowLevel > 0, let last = simpleKeys.popLast() else { return }
    flowLevel -= 1
    forgetKeyLevel(of: last.tokenNumber)
  }

  private mutating func forgetKeyLevel(of number: Int) {
    if number < keyLevels.count { keyLevels[number] = -1 }
  }

  private func missingColon(after key: YAMLSimpleKey) -> YAMLError {
    scannerError("no ':' follows on the same line", "in a key", from: key.mark)
  }
}
