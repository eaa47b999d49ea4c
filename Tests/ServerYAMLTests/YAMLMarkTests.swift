import Testing
import ServerYAML

/// Where nodes, documents and errors are.
struct YAMLMarkTests {
  private func read(_ text: String) throws -> YAMLDocument {
    try #require(try YAMLReader.read(Array(text.utf8)))
  }

  @Test func scalarsCountCharacters() throws {
    let nodes = try read("\u{FEFF}é: \"日\"\n😀: x  # c\n").nodes
    #expect(nodes[1].start == YAMLMark(index: 0, line: 0, column: 0))
    #expect(nodes[2].start == YAMLMark(index: 3, line: 0, column: 3))
    #expect(nodes[2].end == YAMLMark(index: 6, line: 0, column: 6))
    #expect(nodes[3].start == YAMLMark(index: 7, line: 1, column: 0))
    #expect(nodes[4].end == YAMLMark(index: 11, line: 1, column: 4))
    #expect(nodes[0].end == nodes[4].end)
  }

  @Test func carriageReturnAndLineFeedAreTwoCharactersAndOneBreak() throws {
    let nodes = try read("a: 1\r\nb: 2").nodes
    #expect(nodes[3].start == YAMLMark(index: 6, line: 1, column: 0))
  }

  @Test func collectionsEndBehindTheirBracketOrLastChild() throws {
    let nodes = try read("a: [b, c: d] # e\nf:\n  - g\n\n# h\n").nodes
    // 0 map, 1 a, 2 [], 3 b, 4 {c: d}, 5 c, 6 d, 7 f, 8 -, 9 g
    #expect(nodes[2].end == YAMLMark(index: 12, line: 0, column: 12))
    #expect(nodes[4].end == nodes[6].end)
    #expect(nodes[8].start == YAMLMark(index: 22, line: 2, column: 2))
    #expect(nodes[8].end == YAMLMark(index: 25, line: 2, column: 5))
    #expect(nodes[0].end == nodes[8].end)
  }

  @Test func propertiesBelongToTheNode() throws {
    let node = try read("a: &x !!str 5").nodes[2]
    #expect(node.start.column == 3)
    #expect(node.anchor == Array("x".utf8))
    #expect(node.isExplicitlyTagged)
    #expect(node.isIndicatedString)
  }

  @Test func aliasesPointToTheirNode() throws {
    let document = try read("- &x 1\n- &x 2\n- *x\n")
    #expect(document.nodes[3].kind == .alias)
    #expect(document.nodes[3].target == 2)
    #expect(document.nodes[3].tag == "")
    #expect(document.nodes[3].shortTag(in: document) == "!!int")
  }

  @Test(arguments: [
    ("a: 1\n", YAMLMark(index: 5, line: 1, column: 0)),
    ("a: 1", YAMLMark(index: 4, line: 1, column: 0)),
    ("a: 1\n...\nb", YAMLMark(index: 8, line: 1, column: 3)),
    ("a: 1\n# c\n---\nb", YAMLMark(index: 9, line: 2, column: 0)),
  ])
  func documentsEnd(text: String, end: YAMLMark) throws {
    #expect(try read(text).end == end)
  }

  @Test func errorsPointToTheConstructAndThePlace() {
    #expect(
      throws: YAMLError(
        .scanner, "the text ends before the closing quote",
        at: YAMLMark(index: 8, line: 1, column: 2), context: "in a quoted scalar",
        from: YAMLMark(index: 3, line: 0, column: 3))
    ) { try YAMLReader.read(Array("a: 'x\n y".utf8)) }
    #expect(
      throws: YAMLError(
        .parser, "a ',' or ']' is expected here", at: YAMLMark(index: 5, line: 0, column: 5),
        context: "in a flow sequence", from: YAMLMark(index: 0, line: 0, column: 0))
    ) { try YAMLReader.read(Array("['a' b]".utf8)) }
  }
}
