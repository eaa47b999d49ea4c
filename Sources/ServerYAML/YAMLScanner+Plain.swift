// Scalars without quotes.
extension YAMLScanner {
  mutating func scanPlainScalar() throws(YAMLError) {
    startScalar()
    let start = input.mark
    var end = start
    let column = indent + 1
    var isAfterBreak = false
    while true {
      try input.need(4)
      if input.isDocumentIndicator() || input.byte() == "#" { break }
      while !input.isBlankOrEnd() && !isEndOfPlainScalar() {
        if isAfterBreak || !blanks.isEmpty { joinWords(afterBreak: &isAfterBreak) }
        input.read(into: &text)
        end = input.mark
        try input.need(2)
      }
      guard input.isBlank() || input.isBreak() else { break }
      try scanWhiteSpace(afterBreak: &isAfterBreak, tabsFrom: column, start)
      if flowLevel == 0 && input.mark.column < column { break }
    }
    appendScalar(.plain, start, end)
    if isAfterBreak { isSimpleKeyAllowed = true }
  }

  /// Whether an indicator here ends a plain scalar.
  @inline(__always) private func isEndOfPlainScalar() -> Bool {
    switch input.byte() {
    case ":": input.isBlankOrEnd(1)
    case ",", "?", "[", "]", "{", "}": flowLevel > 0
    default: false
    }
  }

  /// Appends the white space that turned out to be followed by more text.
  private mutating func joinWords(afterBreak isAfterBreak: inout Bool) {
    if isAfterBreak {
      foldBreaks()
      isAfterBreak = false
    } else {
      text += blanks
      blanks.empty()
    }
  }
}
