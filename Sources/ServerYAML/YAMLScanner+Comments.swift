// White space and comments between tokens.
//
// The server's decoder keeps comments and looks ahead for them. Nothing of them is kept here, but
// what the lookahead consumes, and that it jumps over tabs, decides which texts are valid.
extension YAMLScanner {
  /// How far a comment is looked for, in bytes.
  private static let reach = 512

  /// Consumes white space and comments up to the next token.
  mutating func skipToNextToken() throws(YAMLError) {
    while true {
      try input.need(1)
      // Meant to allow a byte order mark at the start of a line; see `isByteOrderMarkInBuffer`.
      if input.mark.column == 0 && input.isByteOrderMarkInBuffer { input.skip() }
      try input.need(1)
      try skipSpace()
      if input.byte() == "#" { try skipComments() }
      guard input.isBreak() else { return }
      try input.skipBreak()
      if flowLevel == 0 { isSimpleKeyAllowed = true }
    }
  }

  /// Consumes spaces, and tabs except where they would indent.
  private mutating func skipSpace() throws(YAMLError) {
    while input.byte() == " "
      || (input.byte() == "\t" && (flowLevel > 0 || !isSimpleKeyAllowed))
    {
      input.skip()
      try input.need(1)
    }
  }

  /// Consumes a comment after a token on the same line, up to the line break.
  mutating func skipLineComment() throws(YAMLError) {
    guard input.newlines == 0 else { return }
    for offset in 0..<Self.reach {
      try input.need(offset + 1)
      if input.isBlank(offset) { continue }
      if input.byte(offset) == "#" { try skipThrough(input.mark.index + offset) }
      return
    }
  }

  /// Consumes a comment and the comments on the lines that follow, up to the last one's line break.
  ///
  /// Empty lines and white space between them are jumped over, tabs included.
  private mutating func skipComments() throws(YAMLError) {
    var offset = 0
    while offset < Self.reach {
      try input.need(offset + 1)
      if input.byte(offset) == "#" {
        try skipThrough(input.mark.index + offset)
        // The line break is at 0; the server's decoder goes on after its first byte.
        offset = 1
      } else if input.isBlank(offset) || input.isBreak(offset) {
        offset += 1
      } else {
        return
      }
    }
  }

  /// Consumes what precedes the character with the index `index`, and its line up to the break.
  private mutating func skipThrough(_ index: Int) throws(YAMLError) {
    while true {
      try input.need(1)
      if !input.isBreakOrEnd() {
        input.skip()
      } else if input.mark.index >= index {
        return
      } else {
        try input.need(2)
        input.skipLine()
      }
    }
  }
}
