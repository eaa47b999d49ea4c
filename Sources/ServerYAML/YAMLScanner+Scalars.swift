// Scalars as tokens, whatever their style.
extension YAMLScanner {
  mutating func fetchPlainScalar() throws(YAMLError) {
    try saveSimpleKey()
    isSimpleKeyAllowed = false
    try scanPlainScalar()
  }

  mutating func fetchQuotedScalar(_ style: YAMLNode.Style) throws(YAMLError) {
    try saveSimpleKey()
    isSimpleKeyAllowed = false
    try scanQuotedScalar(style)
  }

  mutating func fetchBlockScalar(_ style: YAMLNode.Style) throws(YAMLError) {
    try removeSimpleKey()
    isSimpleKeyAllowed = true
    try scanBlockScalar(style)
  }

  /// Makes the memory ready for another scalar.
  mutating func startScalar() {
    blanks.empty()
    leadingBreak.empty()
    trailingBreaks.empty()
  }

  /// Appends the token of the scalar whose text is complete.
  mutating func appendScalar(_ style: YAMLNode.Style, _ start: YAMLMark, _ end: YAMLMark) {
    append(YAMLToken(.scalar, start, end, style: style, value: text))
    text = []
  }

  /// Appends a run of line breaks: a single LF becomes a space, the first of several is dropped.
  mutating func foldBreaks() {
    if leadingBreak.first != 0x0A {
      text += leadingBreak
      text += trailingBreaks
    } else if trailingBreaks.isEmpty {
      text.append(0x20)
    } else {
      text += trailingBreaks
    }
    leadingBreak.empty()
    trailingBreaks.empty()
  }

  /// Consumes white space within a scalar of several lines.
  ///
  /// Blanks before the first line break go to `blanks`, which is emptied there; the break goes to
  /// `leadingBreak`, those that follow to `trailingBreaks`, and indentation goes nowhere.
  mutating func scanWhiteSpace(
    afterBreak isAfterBreak: inout Bool, tabsFrom column: Int = 0, _ start: YAMLMark
  ) throws(YAMLError) {
    while true {
      if input.isBlank() {
        if !isAfterBreak {
          input.read(into: &blanks)
        } else if input.byte() == "\t" && input.mark.column < column {
          throw scannerError("a tab character indents the line", "in a plain scalar", from: start)
        } else {
          input.skip()
        }
      } else if input.isBreak() {
        try scanBreak(afterBreak: &isAfterBreak)
      } else {
        return
      }
      try input.need(1)
    }
  }

  private mutating func scanBreak(afterBreak isAfterBreak: inout Bool) throws(YAMLError) {
    try input.need(2)
    if isAfterBreak {
      input.readLine(into: &trailingBreaks)
    } else {
      blanks.empty()
      input.readLine(into: &leadingBreak)
      isAfterBreak = true
    }
  }
}
