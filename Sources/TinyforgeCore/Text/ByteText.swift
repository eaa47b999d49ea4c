// Texts by their bytes and scalars.
//
// Swift's own `hasPrefix`, `contains`, `split` and `replacing` compare characters, and a character takes the
// combining marks after it along: the quote in "\u{22}\u{301}" is not a `"` to them, but it is one to the output's reader.
//
// They are inlinable, for another module would else call them without knowing the type of the text, through tables of
// functions that are looked up at each call.

extension StringProtocol {
  /// Whether the text begins with the bytes of another.
  @inlinable package func startsWithBytes(of other: some StringProtocol) -> Bool {
    let (own, others) = (utf8, other.utf8)
    guard own.count >= others.count else { return false }
    let starts = own.withContiguousStorageIfAvailable { own in
      others.withContiguousStorageIfAvailable { own.starts(with: $0) }
    }
    return starts.flatMap(\.self) ?? own.starts(with: others)
  }

  /// Whether the text ends with the bytes of another.
  @inlinable package func endsWithBytes(of other: some StringProtocol) -> Bool {
    let (own, others) = (utf8, other.utf8)
    guard own.count >= others.count else { return false }
    let ends = own.withContiguousStorageIfAvailable { own in
      others.withContiguousStorageIfAvailable {
        UnsafeBufferPointer(rebasing: own.suffix($0.count)).hasSameBytes(as: $0)
      }
    }
    return ends.flatMap(\.self) ?? own.suffix(others.count).elementsEqual(others)
  }

  /// Whether there is nothing in the text but printable ASCII.
  @inlinable package var isPrintableASCII: Bool {
    // Without an early end, so that many bytes are looked at in one step.
    let isPrintable = utf8.withContiguousStorageIfAvailable { bytes in
      bytes.reduce(0 as UInt8) { $0 | ($1 &- 0x20 < 0x5F ? 0 : 1) } == 0
    }
    return isPrintable ?? utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// What is before and after the first place that holds the bytes of another; nil where none does.
  @inlinable package func parted(atFirst mark: String) -> (before: SubSequence, after: SubSequence)?
  {
    var rest = utf8[...]
    while let start = rest.firstIndex(where: { $0 == mark.utf8.first }) {
      rest = rest[start...]
      if rest.starts(with: mark.utf8) {
        return (self[..<start], self[rest.index(start, offsetBy: mark.utf8.count)...])
      }
      rest = rest.dropFirst()
    }
    return nil
  }

  /// The text's parts between each scalar of one kind and the next, empty ones as well unless they are left out.
  @inlinable package func splitAtScalar(
    _ separator: Unicode.Scalar, maxSplits: Int = .max, omittingEmpty: Bool = false
  ) -> [SubSequence] {
    unicodeScalars
      .split(separator: separator, maxSplits: maxSplits, omittingEmptySubsequences: omittingEmpty)
      .map { self[$0.startIndex..<$0.endIndex] }
  }

  /// The text's parts between scalars that separate them, empty ones left out unless they are asked for.
  @inlinable package func splitAtScalars(
    omittingEmpty: Bool = true, where isSeparator: (Unicode.Scalar) -> Bool
  ) -> [SubSequence] {
    unicodeScalars.split(omittingEmptySubsequences: omittingEmpty, whereSeparator: isSeparator)
      .map { self[$0.startIndex..<$0.endIndex] }
  }

  /// The text's lines; CR LF ends one.
  package var textLines: [String] {
    replacingBytes(of: "\r\n", with: "\n").splitAtScalars(omittingEmpty: false, where: \.isNewline)
      .map { String($0) }
  }

  /// The text without so many of its first bytes and of its last ones.
  package func droppingBytes(first: Int = 0, last: Int = 0) -> String {
    String(decoding: utf8.dropFirst(first).dropLast(last), as: UTF8.self)
  }

  /// The text with the bytes of one text, wherever they are, exchanged for those of another.
  package func replacingBytes(of old: String, with new: String) -> String {
    String(decoding: Array(utf8).replacing(old.utf8, with: new.utf8), as: UTF8.self)
  }
}

extension String {
  /// The text with each ASCII byte written as `replacement` says; nil leaves it as it is.
  package func replacingBytes(_ replacement: (UInt8) -> String?) -> String {
    guard utf8.contains(where: { $0 < 0x80 && replacement($0) != nil }) else { return self }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count + 16)
    for byte in utf8 {
      if byte < 0x80, let text = replacement(byte) {
        bytes += text.utf8
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Unicode.Scalar {
  /// Whether a line ends with it.
  package var isNewline: Bool {
    switch value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Whether it is white space.
  package var isWhitespace: Bool { properties.isWhitespace }
}
