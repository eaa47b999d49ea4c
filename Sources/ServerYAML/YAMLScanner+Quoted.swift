// Scalars in single and in double quotes.
extension YAMLScanner {
  mutating func scanQuotedScalar(_ style: YAMLNode.Style) throws(YAMLError) {
    startScalar()
    let start = input.mark
    let quote: Unicode.Scalar = style == .singleQuoted ? "'" : "\""
    input.skip()
    while true {
      try input.need(4)
      if input.isDocumentIndicator() {
        throw quotedError("a document starts or ends before the closing quote", start)
      }
      if input.isEnd() { throw quotedError("the text ends before the closing quote", start) }
      var isAfterBreak = false
      if style == .singleQuoted {
        try scanSingleQuotedWord()
      } else {
        try scanDoubleQuotedWord(afterBreak: &isAfterBreak, start)
      }
      try input.need(1)
      if input.byte() == quote { break }
      try scanWhiteSpace(afterBreak: &isAfterBreak, start)
      joinQuotedWords(afterBreak: isAfterBreak)
    }
    input.skip()
    appendScalar(style, start, input.mark)
  }

  private mutating func joinQuotedWords(afterBreak isAfterBreak: Bool) {
    if isAfterBreak {
      foldBreaks()
    } else {
      text += blanks
      blanks.empty()
    }
  }

  private mutating func scanSingleQuotedWord() throws(YAMLError) {
    while !input.isBlankOrEnd() {
      if input.byte() == "'" {
        guard input.byte(1) == "'" else { return }
        input.skip()
      }
      input.read(into: &text)
      try input.need(2)
    }
  }

  private mutating func scanDoubleQuotedWord(
    afterBreak isAfterBreak: inout Bool, _ start: YAMLMark
  ) throws(YAMLError) {
    while !input.isBlankOrEnd() {
      if input.byte() == "\"" { return }
      if input.byte() != "\\" {
        input.read(into: &text)
      } else if input.isBreak(1) {
        try input.need(3)
        input.skip()
        input.skipLine()
        isAfterBreak = true
        return
      } else {
        try scanEscape(start)
      }
      try input.need(2)
    }
  }

  private mutating func scanEscape(_ start: YAMLMark) throws(YAMLError) {
    let letter = input.byte(1)
    if let value = Self.value(ofEscape: letter) {
      text.appendUTF8(value)
      input.skip()
      input.skip()
      return
    }
    let digits = letter == "x" ? 2 : letter == "u" ? 4 : letter == "U" ? 8 : 0
    guard digits > 0 else {
      throw quotedError("an unknown escape sequence follows the backslash", start)
    }
    input.skip()
    input.skip()
    try scanEscapedCharacter(digits, start)
  }

  private static func value(ofEscape letter: UInt8) -> UInt32? {
    switch letter {
    case "0": 0x00
    case "a": 0x07
    case "b": 0x08
    case "t", "\t": 0x09
    case "n": 0x0A
    case "v": 0x0B
    case "f": 0x0C
    case "r": 0x0D
    case "e": 0x1B
    case " ", "\"", "'", "\\": UInt32(letter)
    case "N": 0x85
    case "_": 0xA0
    case "L": 0x2028
    case "P": 0x2029
    default: nil
    }
  }

  /// Consumes the digits of `\x`, `\u` or `\U` and appends the character.
  private mutating func scanEscapedCharacter(_ digits: Int, _ start: YAMLMark) throws(YAMLError) {
    try input.need(digits)
    var value = 0
    for offset in 0..<digits {
      guard let digit = input.byte(offset).hexValue else {
        throw quotedError("an escape sequence has too few hexadecimal digits", start)
      }
      value = value << 4 + digit
    }
    guard !(0xD800...0xDFFF).contains(value), value <= 0x10FFFF else {
      throw quotedError("an escape sequence encodes no Unicode character", start)
    }
    text.appendUTF8(UInt32(truncatingIfNeeded: value))
    for _ in 0..<digits { input.skip() }
  }

  private func quotedError(_ problem: YAMLError.Problem, _ start: YAMLMark) -> YAMLError {
    scannerError(problem, "in a quoted scalar", from: start)
  }
}
