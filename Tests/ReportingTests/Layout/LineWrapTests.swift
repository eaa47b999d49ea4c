import Testing

import Reporting

struct LineWrapTests {
  /// A line, the columns, and what becomes of it.
  @Test(arguments: [
    ("short", 10, "short"), ("one two three", 7, "one two\n  three"),
    ("  one two three", 9, "  one two\n    three"), ("", 10, ""),
    ("a  b", 3, "a\n  b"), ("averylongword", 5, "averylongword"),
    ("商店 商店 商店", 9, "商店 商店\n  商店"),
    ("\u{1B}[1mone\u{1B}[0m two", 7, "\u{1B}[1mone\u{1B}[0m two"),
    ("one\ntwo three\n", 6, "one\ntwo\n  three\n"),
    ("    port  spec \"a b c d\", live 3", 16, "    port  spec\n      \"a b c d\",\n      live 3"),
    ("run git -C 'a folder here' fetch", 10, "run git -C\n  'a folder here'\n  fetch"),
    ("the server's word, not 'x'", 12, "the server's\n  word, not\n  'x'"),
    ("    $ git -C /srv/mirrors/acme fetch", 12, "    $ git -C /srv/mirrors/acme fetch"),
    (" 3 |   prot: 8080 and more", 12, " 3 |   prot: 8080 and more"),
    ("   |   ^~~~~~~~~~~~~~", 12, "   |   ^~~~~~~~~~~~~~"),
  ])
  func lines(_ text: String, _ columns: Int, _ expected: String) {
    #expect(LineWrap.wrapped(text, columns: columns) == expected)
  }

  /// The lines of a paragraph begin alike.
  @Test func aParagraph() {
    #expect(LineWrap.wrapped("one two three", columns: 7, hanging: 0) == "one two\nthree")
    #expect(LineWrap.wrapped("  one two three", columns: 9, hanging: 0) == "  one two\n  three")
    let style = TextStyle(coloured: false, columns: 7)
    #expect(style.wrapped("one two three", isParagraph: true) == "one two\nthree")
    #expect(style.wrapped("one two three") == "one two\n  three")
  }
}
