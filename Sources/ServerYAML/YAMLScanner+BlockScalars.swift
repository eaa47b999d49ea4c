// Literal (`|`) and folded (`>`) scalars.
extension YAMLScanner {
  /// What happens to the line breaks at the end of a block scalar.
  private enum Chomping {
    case strip, clip, keep
  }

  mutating func scanBlockScalar(_ style: YAMLNode.Style) throws(YAMLError) {
    startScalar()
    let start = input.mark
    let (chomping, increment) = try scanBlockScalarHeader(start)
    var end = input.mark
    var column = increment > 0 ? max(indent, 0) + increment : 0
    try scanBlockScalarBreaks(&column, start, &end)
    try input.need(1)
    var wasBlank = false
    while input.mark.column == column && !input.isEnd() {
      joinBlockLines(folded: style == .folded && !wasBlank && !input.isBlank())
      wasBlank = input.isBlank()
      try scanBlockLine()
      try scanBlockScalarBreaks(&column, start, &end)
    }
    if chomping != .strip { text += leadingBreak }
    if chomping == .keep { text += trailingBreaks }
    appendScalar(style, start, end)
  }

  /// Consumes a line's text and its break.
  private mutating func scanBlockLine() throws(YAMLError) {
    while !input.isBreakOrEnd() {
      input.read(into: &text)
      try input.need(1)
    }
    try input.need(2)
    input.readLine(into: &leadingBreak)
  }

  /// Appends the breaks between two lines; lines that start with white space are not folded.
  private mutating func joinBlockLines(folded: Bool) {
    if folded && leadingBreak.first == 0x0A {
      if trailingBreaks.isEmpty { text.append(0x20) }
    } else {
      text += leadingBreak
    }
    text += trailingBreaks
    leadingBreak.empty()
    trailingBreaks.empty()
  }

  /// Consumes the indicators and the rest of their line.
  private mutating func scanBlockScalarHeader(
    _ start: YAMLMark
  ) throws(YAMLError) -> (Chomping, Int) {
    input.skip()
    try input.need(1)
    var chomping = scanChomping()
    if chomping != nil { try input.need(1) }
    let increment = try scanIndentationIndicator(start)
    if chomping == nil && increment > 0 {
      try input.need(1)
      chomping = scanChomping()
    }
    try input.skipBlanks()
    if input.byte() == "#" {
      try skipLineComment()
      try input.skipToBreak()
    }
    guard input.isBreakOrEnd() else {
      throw blockError("something other than a comment follows the indicator", start)
    }
    try input.skipBreak()
    return (chomping ?? .clip, increment)
  }

  private mutating func scanChomping() -> Chomping? {
    guard input.byte() == "+" || input.byte() == "-" else { return nil }
    let chomping: Chomping = input.byte() == "+" ? .keep : .strip
    input.skip()
    return chomping
  }

  /// Consumes the digit that says the indentation; zero where there is none.
  private mutating func scanIndentationIndicator(_ start: YAMLMark) throws(YAMLError) -> Int {
    guard input.byte().isDigit else { return 0 }
    guard input.byte() != "0" else { throw blockError("the indentation cannot be 0", start) }
    let increment = Int(input.byte()) - 0x30
    input.skip()
    return increment
  }

  /// Consumes indentation and empty lines, and finds out the indentation where it is not known (0).
  private mutating func scanBlockScalarBreaks(
    _ column: inout Int, _ start: YAMLMark, _ end: inout YAMLMark
  ) throws(YAMLError) {
    end = input.mark
    var deepest = 0
    while true {
      try input.need(1)
      while input.byte() == " " && (column == 0 || input.mark.column < column) {
        input.skip()
        try input.need(1)
      }
      deepest = max(deepest, input.mark.column)
      if input.byte() == "\t" && (column == 0 || input.mark.column < column) {
        throw blockError("a tab character is used where spaces must indent", start)
      }
      guard input.isBreak() else { break }
      try input.need(2)
      input.readLine(into: &trailingBreaks)
      end = input.mark
    }
    if column == 0 { column = max(deepest, indent + 1, 1) }
  }

  private func blockError(_ problem: YAMLError.Problem, _ start: YAMLMark) -> YAMLError {
    scannerError(problem, "in a block scalar", from: start)
  }
}
