import Testing
import TinyforgeCore

struct SameBytesTests {
  static let texts = ["", "a", "b", "ab", "é", "e\u{301}", "shop/.tinyforge.yml", "\u{212B}", "Å"]

  @Test(arguments: texts, texts)
  func textsAreTheSameToTheByte(_ text: String, _ other: String) {
    let isSame = Array(text.utf8) == Array(other.utf8)
    #expect(text.hasSameBytes(as: other) == isSame)
    #expect("-\(text)-".dropFirst().dropLast().hasSameBytes(as: other) == isSame)
  }

  /// Bytes are compared eight at a time: a difference counts at each place of each length.
  @Test(arguments: 0...24) func aDifferenceIsFoundAtEachPlace(_ length: Int) {
    let bytes = (0..<length).map { UInt8(ascii: "a") + UInt8($0) }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasSameBytes(as: String(decoding: bytes, as: UTF8.self)))
    #expect(!text.hasSameBytes(as: text + "z"))
    for place in bytes.indices {
      var other = bytes
      other[place] = UInt8(ascii: "~")
      #expect(!text.hasSameBytes(as: String(decoding: other, as: UTF8.self)))
    }
  }
}
