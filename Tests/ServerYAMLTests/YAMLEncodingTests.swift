import Testing
import ServerYAML

/// How bytes become text, and when what is wrong with them is noticed.
struct YAMLEncodingTests {
  private static let spec = #"{"a": !!int 1}"#

  @Test func byteOrderMarks() {
    #expect(outline([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8)) == Self.spec)
    #expect(outline(utf16("a: 1", littleEndian: true)) == Self.spec)
    #expect(outline(utf16("a: 1", littleEndian: false)) == Self.spec)
    #expect(outline(utf16("😀", littleEndian: true)) == "\"😀\"")
  }

  private func utf16(_ text: String, littleEndian: Bool) -> [UInt8] {
    "\u{FEFF}\(text)".utf16.flatMap { unit in
      let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return littleEndian ? bytes : bytes.reversed()
    }
  }

  /// The server's decoder looks for the mark at the start of its buffer, not at the current place:
  /// after a second one it drops the first character of every line while the buffer stays.
  @Test func secondByteOrderMarkDropsCharacters() {
    #expect(
      outline("\u{FEFF}\u{FEFF}a: 1\nbc: 2\n") == #"{"a": !!int 1, "c": !!int 2}"#)
    #expect(outline("a: 1\n\u{FEFF}b: 2\n") == "{\"a\": !!int 1, \"\u{FEFF}b\": !!int 2}")
  }

  @Test(
    arguments: [
      ([0x61, 0x00], "a control character (U+0000)", 1),
      ([0x61, 0x7F], "a control character (U+007F)", 1),
      ([0x61, 0xC2, 0x80], "a control character (U+0080)", 1),
      ([0xFF], "a byte that starts no UTF-8 character", 0),
      ([0x61, 0xC3], "a UTF-8 character that is cut off", 1),
      ([0x61, 0xC3, 0x61], "a byte that continues no UTF-8 character", 2),
      ([0xC1, 0x81], "a UTF-8 character that is longer than it must be", 0),
      ([0xED, 0xA0, 0x80], "a UTF-8 sequence that encodes no Unicode character", 0),
      ([0xFF, 0xFE, 0x61], "a UTF-16 character that is cut off", 2),
      ([0xFF, 0xFE, 0x3D, 0xD8], "a UTF-16 surrogate pair that is cut off", 2),
      (
        [0xFF, 0xFE, 0x3D, 0xD8, 0x61, 0x00],
        "the first half of a UTF-16 surrogate pair without the second", 4
      ),
      (
        [0xFE, 0xFF, 0xDE, 0x00], "the second half of a UTF-16 surrogate pair without the first", 2
      ),
    ] as [([UInt8], String, Int)])
  func invalidBytes(bytes: [UInt8], problem: String, offset: Int) {
    let error = #expect(throws: YAMLError.self) { try YAMLReader.read(bytes) }
    #expect(error?.sentence == problem && error?.kind == .reader && error?.byteOffset == offset)
  }

  /// Pieces of 512 bytes are decoded whole, when they are needed.
  @Test func bytesAreLookedAtInPieces() {
    let start = Array("a: 1\n---\nb: c\nd: e\n".utf8)
    let filler = { (count: Int) in [UInt8](repeating: 0x78, count: count) }
    let inFirstPiece = start + filler(511 - start.count) + [0xFF]
    #expect(outline(inFirstPiece) == "reader: a byte that starts no UTF-8 character")
    let inSecondPiece = start + filler(512 - start.count) + [0xFF]
    #expect(outline(inSecondPiece) == Self.spec)
  }

  /// Comments after `...` are searched for the next document's start.
  @Test func commentsBehindTheDocumentAreRead() {
    let comments = String(repeating: "# c\n", count: 150)
    #expect(
      outline(Array("a: 1\n...\n\(comments)".utf8) + [0xFF])
        == "reader: a byte that starts no UTF-8 character")
    #expect(outline(Array("a: 1\n---\nb: c\n\(comments)".utf8) + [0xFF]) == Self.spec)
  }
}
