extension String {
  /// The text with `***` for the user and password of every URL in it, whatever its scheme.
  ///
  /// For text that repeats what a person gave as a path or an address. A password may hold any character, so
  /// rather too much is taken out than too little.
  package var withoutUserinfo: String {
    // Nearly every text holds none.
    guard utf8.contains(UInt8(ascii: ":")) else { return self }
    let bytes = Array(utf8)
    var shown: [UInt8] = []
    var position = 0
    while let start = Userinfo.authority(in: bytes, from: position) {
      shown += bytes[position..<start]
      position = start
      guard let end = Userinfo.end(in: bytes, from: start) else { continue }
      shown += Userinfo.mark
      position = end
    }
    return position == 0 ? self : String(decoding: shown + bytes[position...], as: UTF8.self)
  }
}

/// Finds what is before the host in a URL.
private enum Userinfo {
  static let mark = Array("***".utf8)

  /// Where the next authority begins, after a scheme, a colon and slashes; a path of which slashes were taken together has one.
  static func authority(in bytes: [UInt8], from start: Int) -> Int? {
    let slash = UInt8(ascii: "/")
    var index = max(start, 1)
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: ":"), bytes[index + 1] == slash,
        isPartOfScheme(bytes[index - 1])
      {
        return bytes[(index + 1)...].firstIndex { $0 != slash } ?? bytes.endIndex
      }
      index += 1
    }
    return nil
  }

  /// Where the host, or the `@` before it, begins if there is something to hide; nil where there is nothing.
  static func end(in bytes: [UInt8], from start: Int) -> Int? {
    let word = bytes[start...].prefix { $0 > 0x20 && $0 != 0x7F }
    let authority = word.prefix { !"/?#\\".utf8.contains($0) }
    let isOdd = hasOddPort(authority)
    guard isOdd || authority.contains(UInt8(ascii: "@")) || hasPort(authority) else { return nil }
    if let at = word.lastIndex(of: UInt8(ascii: "@")) { return at }
    guard isOdd else { return nil }
    // A password with white space in it, or the host was forgotten.
    let line = bytes[start...].prefix { $0 != 0x0A }
    return line.lastIndex(of: UInt8(ascii: "@")) ?? authority.endIndex
  }

  private static func isPartOfScheme(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "+-.".utf8.contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80
  }

  /// What is after the first colon, brackets of an IPv6 address left out.
  private static func port(_ authority: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = authority
    if rest.first == UInt8(ascii: "["), let close = rest.firstIndex(of: UInt8(ascii: "]")) {
      rest = rest[(close + 1)...]
    }
    return rest.firstIndex(of: UInt8(ascii: ":")).map { rest[($0 + 1)...] }
  }

  private static func hasPort(_ authority: ArraySlice<UInt8>) -> Bool {
    port(authority).map { !$0.isEmpty } ?? false
  }

  /// Whether something else than a number and a mark of the sentence is in the place of the port.
  private static func hasOddPort(_ authority: ArraySlice<UInt8>) -> Bool {
    guard let port = port(authority) else { return false }
    return port.prefix { !",;)'\"`".utf8.contains($0) }.drop { (0x30...0x39).contains($0) }
      .contains { isLetterOrDigit($0) || $0 == UInt8(ascii: "%") }
  }
}
