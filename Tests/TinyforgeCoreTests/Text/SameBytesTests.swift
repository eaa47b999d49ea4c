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
}
