import Testing
import TinyforgeCore

/// Texts by their bytes: a combining mark hides nothing.
struct ByteTextTests {
  @Test func bytesAreReplacedBeforeMarks() {
    let text = "a\"\u{301}b\"c"
    let replaced = text.replacingBytes { $0 == UInt8(ascii: "\"") ? "\\\"" : nil }
    #expect(replaced.hasSameBytes(as: "a\\\"\u{301}b\\\"c"))
    #expect("x<!--\u{301}".replacingBytes(of: "<!--", with: "-").hasSameBytes(as: "x-\u{301}"))
  }

  @Test func scalarsSplitBeforeMarks() {
    #expect("a/\u{301}b//c".splitAtScalar("/").map { Array($0.utf8) }.count == 4)
    #expect("a/\u{301}b//c".splitAtScalar("/", omittingEmpty: true).count == 3)
    #expect(
      "a\r\nb".splitAtScalar("\n").count == 2 && "a=b=c".splitAtScalar("=", maxSplits: 1).count == 2
    )
  }

  @Test func endsAreThoseOfTheBytes() {
    #expect("::\u{301}".startsWithBytes(of: "::") && !"a".startsWithBytes(of: "ab"))
    #expect(
      "a/".endsWithBytes(of: "/") && !"/".endsWithBytes(of: "a/")
        && "é.yml".endsWithBytes(of: ".yml"))
  }

  @Test(arguments: [
    ("./a", "a"), ("a//b", "a/b"), ("a/./b/", "a/b"), (".", "."), ("./", "."), ("/", "/"),
    ("//a", "/a"),
    ("../a", "../a"), ("", ""), (".//.//x", "x"), ("/\u{301}a", "/\u{301}a"), ("./-h/x", "-h/x"),
  ])
  func pathsAreTidied(_ path: String, _ expected: String) { #expect(tidyPath(path) == expected) }

  /// Whatever Unicode lets a font show as nothing is shown as an escape.
  @Test(arguments: [
    "\u{AD}", "\u{34F}", "\u{61C}", "\u{115F}", "\u{1160}", "\u{17B4}", "\u{180B}", "\u{180F}",
    "\u{200B}", "\u{2060}",
    "\u{206F}", "\u{3164}", "\u{FE00}", "\u{FE0F}", "\u{FEFF}", "\u{FFA0}", "\u{FFF0}", "\u{1BCA0}",
    "\u{1D173}",
    "\u{E0001}", "\u{E0061}", "\u{E0100}", "\u{E0FFF}",
  ])
  func ignorableScalarsAreShown(_ text: String) {
    let shown = "a\(text)b".shownSafely
    #expect(shown.unicodeScalars.allSatisfy(\.isASCII) && shown.count > 5)
  }

  @Test func everyIgnorableScalarIsUnsafe() {
    for value in UInt32(0x7F)...0xE0FFF {
      guard let scalar = Unicode.Scalar(value), scalar.properties.isDefaultIgnorableCodePoint else {
        continue
      }
      #expect(scalar.isUnsafeToShow, "\(String(value, radix: 16))")
    }
  }
}
