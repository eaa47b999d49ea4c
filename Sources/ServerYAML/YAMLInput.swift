/// The text, decoded piece by piece just as the server's decoder does it.
///
/// Bytes are taken 512 at a time and a piece is decoded whole, so an invalid byte is noticed when its
/// piece is needed and never before: text far after the first document is not read.
struct YAMLInput: ~Copyable {
  enum Encoding {
    case utf8, utf16LittleEndian, utf16BigEndian
  }

  /// How many bytes of the source are taken at once.
  static let pieceSize = 512
  /// How much decoded text there may be; Go's decoder would panic beyond it.
  static let capacity = 1536

  let source: [UInt8]
  /// The piece of the source that is not decoded yet.
  var piece = 0..<0
  /// Whether a read found nothing left.
  var isExhausted = false
  var encoding: Encoding?

  /// The decoded text as UTF-8.
  let buffer: UnsafeMutableBufferPointer<UInt8>
  /// How many bytes of the buffer hold text.
  var filled = 0
  /// The current place in the buffer.
  var position = 0
  /// How many characters are decoded and not consumed.
  var unread = 0

  /// The current place in the text.
  var mark = YAMLMark()
  /// How many line breaks were consumed since the last character that is not white space.
  var newlines = 0

  init(_ source: [UInt8]) {
    self.source = source
    buffer = .allocate(capacity: Self.capacity)
    buffer.initialize(repeating: 0)
  }

  deinit {
    buffer.deallocate()
  }
}

// Filling the buffer.
extension YAMLInput {
  /// Makes sure that the next `count` characters can be read; NUL means the end.
  @inline(__always) mutating func need(_ count: Int) throws(YAMLError) {
    if unread < count { try refill(count) }
  }

  private mutating func refill(_ count: Int) throws(YAMLError) {
    if encoding == nil { detectEncoding() }
    moveUnreadToFront()
    var isFirst = true
    while unread < count {
      if !isFirst || piece.isEmpty { takePiece() }
      isFirst = false
      try decodePiece()
      if isExhausted {
        try store(0)
        unread += 1
        break
      }
    }
    // At the end there may be fewer characters than asked for: NULs fill up, but do not count.
    while filled < count { try store(0) }
  }

  /// Sets the encoding from a byte order mark, which is consumed; without one it is UTF-8.
  private mutating func detectEncoding() {
    while !isExhausted && piece.count < 3 { takePiece() }
    let mark = source[piece].prefix(3)
    if mark.starts(with: [0xFF, 0xFE]) {
      (encoding, piece) = (.utf16LittleEndian, piece.dropFirst(2))
    } else if mark.starts(with: [0xFE, 0xFF]) {
      (encoding, piece) = (.utf16BigEndian, piece.dropFirst(2))
    } else if mark.starts(with: [0xEF, 0xBB, 0xBF]) {
      (encoding, piece) = (.utf8, piece.dropFirst(3))
    } else {
      encoding = .utf8
    }
  }

  /// Extends the piece to its full size; the end is noticed only by a read that yields nothing.
  private mutating func takePiece() {
    guard piece.count < Self.pieceSize, !isExhausted else { return }
    guard piece.upperBound < source.count else {
      isExhausted = true
      return
    }
    piece = piece.lowerBound..<min(source.count, piece.lowerBound + Self.pieceSize)
  }

  /// Moves the text that is not consumed to the start of the buffer.
  ///
  /// The moment matters: ``isByteOrderMarkInBuffer`` looks at the start of the buffer.
  private mutating func moveUnreadToFront() {
    guard position > 0 || filled == 0 else { return }
    for index in position..<filled { buffer[index - position] = buffer[index] }
    filled -= position
    position = 0
  }

  @inline(__always) mutating func store(_ byte: UInt8) throws(YAMLError) {
    guard filled < Self.capacity else {
      throw YAMLError(.reader, "too much text to look ahead", byteOffset: piece.lowerBound)
    }
    buffer[filled] = byte
    filled += 1
  }
}

// Looking at the text. An offset is in bytes; the characters up to it must have been asked for.
extension YAMLInput {
  @inline(__always) func byte(_ offset: Int = 0) -> UInt8 { buffer[position + offset] }

  @inline(__always) func isEnd(_ offset: Int = 0) -> Bool { byte(offset) == 0 }

  @inline(__always) func isBlank(_ offset: Int = 0) -> Bool {
    byte(offset) == 0x20 || byte(offset) == 0x09
  }

  @inline(__always) func isBreak(_ offset: Int = 0) -> Bool {
    let byte = byte(offset)
    if byte == 0x0A || byte == 0x0D { return true }
    return byte >= 0xC2 && isUnicodeBreak(offset)
  }

  @inline(__always) func isBreakOrEnd(_ offset: Int = 0) -> Bool {
    isBreak(offset) || isEnd(offset)
  }

  @inline(__always) func isBlankOrEnd(_ offset: Int = 0) -> Bool {
    let byte = byte(offset)
    if byte > 0x20 && byte < 0xC2 { return false }
    return isBlank(offset) || isBreak(offset) || byte == 0
  }

  /// NEL (U+0085), LS (U+2028) or PS (U+2029).
  private func isUnicodeBreak(_ offset: Int) -> Bool {
    switch byte(offset) {
    case 0xC2: byte(offset + 1) == 0x85
    case 0xE2:
      byte(offset + 1) == 0x80 && (byte(offset + 2) == 0xA8 || byte(offset + 2) == 0xA9)
    default: false
    }
  }

  /// Whether the *buffer* starts with a byte order mark, wherever the current place is.
  ///
  /// The server's decoder looks at the wrong index; whatever follows from that must follow here.
  @inline(__always) var isByteOrderMarkInBuffer: Bool {
    buffer[0] == 0xEF && buffer[1] == 0xBB && buffer[2] == 0xBF
  }

  /// Whether `---` or `...` is here, at the start of a line and before white space.
  func isDocumentIndicator() -> Bool {
    guard mark.column == 0, byte() == "-" || byte() == "." else { return false }
    return byte(1) == byte() && byte(2) == byte() && isBlankOrEnd(3)
  }
}

// Consuming the text.
extension YAMLInput {
  /// Consumes a character.
  @inline(__always) mutating func skip() {
    if !isBlank() { newlines = 0 }
    position += byte().sequenceLength
    mark.index += 1
    mark.column += 1
    unread -= 1
  }

  /// Consumes a character and appends it to `text`.
  @inline(__always) mutating func read(into text: inout [UInt8]) {
    let byte = byte()
    text.append(byte)
    if byte >= 0x80 {
      for offset in 1..<byte.sequenceLength { text.append(self.byte(offset)) }
    }
    skip()
  }

  /// Consumes a line break, if there is one.
  mutating func skipLine() {
    if byte() == 0x0D && byte(1) == 0x0A {
      finishLine(characters: 2, bytes: 2)
    } else if isBreak() {
      finishLine(characters: 1, bytes: byte().sequenceLength)
    }
  }

  /// Consumes a line break, if there is one, and appends it to `text`: LS and PS as they are, every
  /// other as LF.
  mutating func readLine(into text: inout [UInt8]) {
    guard isBreak() else { return }
    if byte() == 0xE2 {
      for offset in 0..<3 { text.append(byte(offset)) }
    } else {
      text.append(0x0A)
    }
    skipLine()
  }

  private mutating func finishLine(characters: Int, bytes: Int) {
    position += bytes
    mark.index += characters
    mark.column = 0
    mark.line += 1
    unread -= characters
    newlines += 1
  }
}

// What scanners of several constructs do.
extension YAMLInput {
  /// Consumes spaces and tabs.
  mutating func skipBlanks() throws(YAMLError) {
    try need(1)
    while isBlank() {
      skip()
      try need(1)
    }
  }

  /// Consumes everything up to a line break or the end.
  mutating func skipToBreak() throws(YAMLError) {
    while !isBreakOrEnd() {
      skip()
      try need(1)
    }
  }

  /// Consumes a line break, if there is one, both characters of CR LF.
  mutating func skipBreak() throws(YAMLError) {
    guard isBreak() else { return }
    try need(2)
    skipLine()
  }

  /// Consumes letters, digits, `_` and `-` and appends them to `text`.
  mutating func readName(into text: inout [UInt8]) throws(YAMLError) {
    try need(1)
    while byte().isNameCharacter {
      read(into: &text)
      try need(1)
    }
  }
}
