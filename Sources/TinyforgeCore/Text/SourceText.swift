import Synchronization

/// A spec's decoded text, for pointing at places in it.
///
/// Offsets are Unicode scalars from the start of the decoded text, a leading byte order mark left
/// out, as the server's decoder counts them. Lines end at LF, CRLF or CR, as editors see them.
///
/// It is decoded once and then shared: a report holds it, and its renderers read it.
package final class SourceText: Sendable {
  /// A text without a character, for reports on what was not read.
  package static let empty = SourceText([])

  /// The decoded text; what is not valid in its encoding reads as U+FFFD.
  package let scalars: [Unicode.Scalar]
  /// Whether there is nothing beyond ASCII in it.
  package let isASCII: Bool
  /// The offset of each line's first scalar; nil until a line is asked for, which no spec without
  /// findings is.
  private let lineTable = Mutex<[Int]?>(nil)

  /// Decodes the bytes of a spec.
  package init(_ bytes: [UInt8]) {
    // Without an early end, so that many bytes are looked at in one step.
    isASCII = bytes.reduce(0, |) < 0x80
    // Nearly every spec is plain ASCII, of which each byte is a character.
    scalars = isASCII ? bytes.map { Unicode.Scalar($0) } : Self.decode(bytes)
  }

  /// Takes a text that is decoded already.
  package init(scalars: [Unicode.Scalar]) {
    self.scalars = scalars
    isASCII = scalars.allSatisfy(\.isASCII)
  }

  /// The offset of each line's first scalar; never empty.
  private var lineStarts: [Int] {
    lineTable.withLock { table in
      if let table { return table }
      let starts = Self.lineStarts(of: scalars)
      table = starts
      return starts
    }
  }

  /// The decoded text as a string.
  package var text: String { String(scalars: scalars[...]) }

  /// The line and column of an offset; an offset outside the text is moved to its nearer end.
  ///
  /// After the last line break there is no line, so that the end of the text is that of its last line.
  package func position(at offset: Int) -> SourcePosition {
    let lineStarts = lineStarts
    var inside = min(max(offset, 0), scalars.count)
    if inside == scalars.count, inside > 0, Self.isLineBreak(scalars[inside - 1]) {
      inside =
        lineStarts.count > 1
        ? lineStarts[lineStarts.count - 2] + line(lineStarts.count - 1).count : 0
    }
    let line = lineStarts.partitioningIndex { $0 > inside } - 1
    return SourcePosition(offset: inside, line: line + 1, column: inside - lineStarts[line] + 1)
  }

  /// The positions of both ends of a span.
  package func range(of span: Range<Int>) -> SourceRange {
    SourceRange(start: position(at: span.lowerBound), end: position(at: span.upperBound))
  }

  /// A line's scalars without its line break; `line` counts from 1.
  package func line(_ line: Int) -> ArraySlice<Unicode.Scalar> {
    let lineStarts = lineStarts
    guard lineStarts.indices.contains(line - 1) else { return [] }
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] : scalars.count
    while end > start, Self.isLineBreak(scalars[end - 1]) { end -= 1 }
    return scalars[start..<end]
  }

  /// The offset of the scalar that the byte at `byteOffset` of `bytes` belongs to.
  package static func offset(ofByte byteOffset: Int, in bytes: [UInt8]) -> Int {
    decode(Array(bytes.prefix(byteOffset))).count
  }

  private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\r"
  }

  private static func lineStarts(of scalars: [Unicode.Scalar]) -> [Int] {
    var starts = [0]
    for index in scalars.indices where isLineBreak(scalars[index]) {
      let isHalfOfPair =
        scalars[index] == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
      if !isHalfOfPair { starts.append(index + 1) }
    }
    return starts
  }

  /// UTF-16 where a byte order mark says so, UTF-8 otherwise.
  private static func decode(_ bytes: [UInt8]) -> [Unicode.Scalar] {
    if bytes.starts(with: [0xFF, 0xFE]) { return decodeUTF16(bytes, low: 0, high: 1) }
    if bytes.starts(with: [0xFE, 0xFF]) { return decodeUTF16(bytes, low: 1, high: 0) }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    return Array(String(decoding: body, as: UTF8.self).unicodeScalars)
  }

  private static func decodeUTF16(_ bytes: [UInt8], low: Int, high: Int) -> [Unicode.Scalar] {
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
      UInt16(bytes[$0 + low]) | UInt16(bytes[$0 + high]) << 8
    }
    // Through a `String` it takes seven times as long.
    var scalars: [Unicode.Scalar] = []
    _ = transcode(units.makeIterator(), from: UTF16.self, to: UTF32.self, stoppingOnError: false) {
      scalars.append(Unicode.Scalar($0) ?? "\u{FFFD}")
    }
    return scalars
  }
}

extension SourceText: Equatable {
  /// Whether two texts have the same characters.
  package static func == (left: SourceText, right: SourceText) -> Bool {
    left === right || left.scalars == right.scalars
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element satisfies a predicate that no earlier one does; by halving.
  func partitioningIndex(_ belongsToSecond: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if belongsToSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
