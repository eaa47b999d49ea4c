import Testing
import TinyforgeCore

struct SourceTextTests {
  @Test(arguments: [
    ("ab\ncd", 4, 2, 2), ("ab\r\ncd", 4, 2, 1), ("ab\rcd", 3, 2, 1), ("", 0, 1, 1), ("a", 9, 1, 2),
    ("é😀x", 2, 1, 3), ("a\n", 2, 1, 2), ("a\r\n", 3, 1, 2), ("\n\n", 2, 2, 1), ("a\r\nb", 2, 1, 3),
  ])
  func finds(_ text: String, _ offset: Int, _ line: Int, _ column: Int) {
    let position = SourceText(Array(text.utf8)).position(at: offset)
    #expect([position.line, position.column] == [line, column])
  }

  @Test func leavesOutByteOrderMarks() {
    #expect(SourceText([0xEF, 0xBB, 0xBF, 0x61]).text == "a")
    #expect(SourceText([0xFF, 0xFE, 0x61, 0x00]).text == "a")
    #expect(SourceText([0xFE, 0xFF, 0x00, 0x61, 0x00]).text == "a")
  }

  /// A pair of UTF-16 units is one character, half of one is none.
  @Test(arguments: [
    ([0xD83D, 0xDE00, 0x61], "😀a"), ([0xD83D, 0x61], "\u{FFFD}a"), ([0xDE00], "\u{FFFD}"),
    ([0xD83D, 0xD83D, 0xDE00], "\u{FFFD}😀"), ([0x61, 0xD83D], "a\u{FFFD}"), ([], ""),
  ])
  func decodesUTF16(_ units: [UInt16], _ text: String) {
    let bytes = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(SourceText([0xFE, 0xFF] + bytes).scalars == Array(text.unicodeScalars))
  }

  @Test(arguments: [
    ("prot", "port"), ("Port", "port"), ("health-check", "healthcheck"),
    ("strategy", "deploy_strategy"), ("deploy_stratgy", "deploy_strategy"), ("x", nil),
  ])
  func suggests(_ written: String, _ meant: String?) {
    let known = ["port", "healthcheck", "deploy_strategy"]
    #expect(NearestName.find(written, among: known) == meant)
  }
}
