extension Unicode.Scalar {
  /// Whether showing the character raw could mislead a person or drive a terminal.
  ///
  /// Control characters (C0, DEL, C1), the line and paragraph separators, every format character
  /// (bidirectional marks and overrides, zero-width ones, the byte order mark), and whatever else
  /// Unicode lets a font show as nothing: variation selectors, tags, Hangul fillers.
  package var isUnsafeToShow: Bool {
    if value < 0x7F { return value < 0x20 }
    if value < 0xA0 { return true }
    if value < 0x34F { return value == 0xAD }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse:
      return true
    default: return properties.isDefaultIgnorableCodePoint
    }
  }
}

extension String {
  /// The text, or its first `limit` Unicode scalars and an ellipsis; a character may have any number
  /// of them.
  package func shortened(to limit: Int) -> String {
    // Each has a byte at least.
    if utf8.count <= limit { return self }
    guard let end = unicodeScalars.index(startIndex, offsetBy: limit, limitedBy: endIndex),
      end < endIndex
    else { return self }
    return String(self[..<end]) + "…"
  }

  /// The text with every unsafe character written as an escape, on one line.
  package var shownSafely: String {
    // A look at the bytes first, for nearly every text is plain ASCII.
    guard !isPrintableASCII, unicodeScalars.contains(where: \.isUnsafeToShow) else { return self }
    var (shown, rest) = ("", unicodeScalars[...])
    while let place = rest.firstIndex(where: \.isUnsafeToShow) {
      shown += String(rest[..<place])
      shown += Self.escape(rest[place])
      rest = rest[place...].dropFirst()
    }
    return shown + String(rest)
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(scalar.value, radix: 16))}"
    }
  }
}
