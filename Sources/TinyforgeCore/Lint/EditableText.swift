/// A text that can be edited to the byte.
struct EditableText {
  private enum Encoding {
    case utf8, utf16LittleEndian, utf16BigEndian
  }

  let source: SourceText
  private let encoding: Encoding
  private let mark: [UInt8]

  /// Nil for bytes that are not wholly text: an offset would not tell which byte is meant.
  init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0xFF, 0xFE]) {
      (encoding, mark) = (.utf16LittleEndian, [0xFF, 0xFE])
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      (encoding, mark) = (.utf16BigEndian, [0xFE, 0xFF])
    } else {
      encoding = .utf8
      mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? [0xEF, 0xBB, 0xBF] : []
    }
    source = SourceText(bytes)
    guard encoded(source.scalars) == bytes else { return nil }
  }

  /// The bytes with the edits made, which are in order and do not overlap; nil where they do.
  func applying(_ edits: [SourceEdit]) -> [UInt8]? {
    var scalars: [Unicode.Scalar] = []
    var position = 0
    for edit in edits {
      guard edit.span.lowerBound >= position, edit.span.upperBound <= source.scalars.count else {
        return nil
      }
      scalars += source.scalars[position..<edit.span.lowerBound]
      scalars += edit.replacement.unicodeScalars
      position = edit.span.upperBound
    }
    return encoded(scalars + source.scalars[position...])
  }

  private func encoded(_ scalars: [Unicode.Scalar]) -> [UInt8] {
    let text = String(scalars: scalars[...])
    switch encoding {
    case .utf8: return mark + Array(text.utf8)
    case .utf16LittleEndian:
      return mark + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    case .utf16BigEndian:
      return mark + text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }
  }
}
