// Anchors, aliases and tags.
extension YAMLScanner {
  /// Fetches `*name` or `&name`.
  mutating func fetchAnchor(_ kind: YAMLToken.Kind) throws(YAMLError) {
    try saveSimpleKey()
    isSimpleKeyAllowed = false
    let start = input.mark
    var name: [UInt8] = []
    input.skip()
    try input.readName(into: &name)
    let end = input.mark
    guard !name.isEmpty, input.isBlankOrEnd() || isAllowedBehindAnchor() else {
      throw scannerError(
        "a name may only hold letters, digits, '_' and '-'",
        kind == .alias ? "in an alias" : "in an anchor", from: start)
    }
    append(YAMLToken(kind, start, end, value: name))
  }

  private func isAllowedBehindAnchor() -> Bool {
    switch input.byte() {
    case "?", ":", ",", "]", "}", "%", "@", "`": true
    default: false
    }
  }

  /// Fetches `!<uri>`, `!handle!suffix`, `!suffix` or `!`.
  mutating func fetchTag() throws(YAMLError) {
    try saveSimpleKey()
    isSimpleKeyAllowed = false
    let start = input.mark
    try input.need(2)
    var (handle, suffix) =
      input.byte(1) == "<" ? ([], try scanVerbatimTag(start)) : try scanShorthandTag(start)
    // The tag `!` has no handle.
    if suffix.isEmpty { swap(&handle, &suffix) }
    try input.need(1)
    guard input.isBlankOrEnd() else {
      throw tagError("white space must follow", start)
    }
    append(YAMLToken(.tag, start, input.mark, value: handle, suffix: suffix))
  }

  private mutating func scanVerbatimTag(_ start: YAMLMark) throws(YAMLError) -> [UInt8] {
    input.skip()
    input.skip()
    let uri = try scanTagURI(nil, start)
    guard input.byte() == ">" else { throw tagError("the closing '>' is missing", start) }
    input.skip()
    return uri
  }

  private mutating func scanShorthandTag(
    _ start: YAMLMark
  ) throws(YAMLError) -> (handle: [UInt8], suffix: [UInt8]) {
    let handle = try scanTagHandle(start)
    if handle.count > 1 && handle.last == 0x21 {
      return (handle, try scanTagURI(nil, start))
    }
    // It was no handle: all of it is the suffix, and the handle is `!`.
    return ([0x21], try scanTagURI(handle, start))
  }

  /// Consumes `!`, `!!` or `!name!`; also `!name`, which turns out to be no handle.
  mutating func scanTagHandle(
    _ start: YAMLMark, inDirective: Bool = false
  ) throws(YAMLError) -> [UInt8] {
    try input.need(1)
    guard input.byte() == "!" else {
      throw tagError("a '!' is missing", start, inDirective: inDirective)
    }
    var handle: [UInt8] = []
    input.read(into: &handle)
    try input.readName(into: &handle)
    if input.byte() == "!" {
      input.read(into: &handle)
    } else if inDirective && handle.count > 1 {
      throw tagError("the handle must end with '!'", start, inDirective: inDirective)
    }
    return handle
  }

  /// Consumes a URI; `head` is what was consumed as a handle, whose `!` is not part of it.
  mutating func scanTagURI(
    _ head: [UInt8]?, _ start: YAMLMark, inDirective: Bool = false
  ) throws(YAMLError) -> [UInt8] {
    var uri = Array((head ?? []).dropFirst())
    var isThere = head != nil
    try input.need(1)
    while isURICharacter() {
      if input.byte() == "%" {
        try scanURIEscape(into: &uri, start, inDirective: inDirective)
      } else {
        input.read(into: &uri)
      }
      try input.need(1)
      isThere = true
    }
    guard isThere else {
      throw tagError("the name of the tag is missing", start, inDirective: inDirective)
    }
    return uri
  }

  private func isURICharacter() -> Bool {
    let byte = input.byte()
    if byte.isNameCharacter { return true }
    return switch byte {
    case ";", "/", "?", ":", "@", "&", "=", "+", "$", ",", ".", "!", "~", "*", "'", "(", ")", "[",
      "]", "%":
      true
    default: false
    }
  }

  /// Consumes the `%XX` of one UTF-8 sequence.
  private mutating func scanURIEscape(
    into uri: inout [UInt8], _ start: YAMLMark, inDirective: Bool
  ) throws(YAMLError) {
    var missing: Int?
    while missing != 0 {
      try input.need(3)
      guard input.byte() == "%", let high = input.byte(1).hexValue,
        let low = input.byte(2).hexValue
      else {
        throw tagError(
          "an escape must be '%' and two hexadecimal digits", start, inDirective: inDirective)
      }
      let octet = UInt8(truncatingIfNeeded: high << 4 | low)
      let isExpected = missing == nil ? octet.sequenceLength > 0 : octet & 0xC0 == 0x80
      guard isExpected else {
        throw tagError("escapes that are no UTF-8", start, inDirective: inDirective)
      }
      missing = (missing ?? octet.sequenceLength) - 1
      uri.append(octet)
      for _ in 0..<3 { input.skip() }
    }
  }

  private func tagError(
    _ problem: YAMLError.Problem, _ start: YAMLMark, inDirective: Bool = false
  ) -> YAMLError {
    scannerError(problem, inDirective ? "in a %TAG directive" : "in a tag", from: start)
  }
}
