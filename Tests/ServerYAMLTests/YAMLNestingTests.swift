import Testing
import ServerYAML

/// Nesting is limited by count, never by the stack.
struct YAMLNestingTests {
  @Test(arguments: [9_999, 10_000])
  func deepFlowCollectionsAreRead(depth: Int) throws {
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let document = try #require(try YAMLReader.read(Array(text.utf8)))
    #expect(document.nodes.count == depth)
    let mappings = String(repeating: "{a: ", count: depth) + String(repeating: "}", count: depth)
    #expect(try YAMLReader.read(Array(mappings.utf8))?.nodes.count == 2 * depth + 1)
  }

  @Test(arguments: [9_999, 10_000])
  func deepBlockCollectionsAreRead(depth: Int) throws {
    let text = String(repeating: "- ", count: depth)
    #expect(try YAMLReader.read(Array(text.utf8))?.nodes.count == depth + 1)
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "], [10_001, 50_000])
  func deeperOnesAreRefused(opening: String, depth: Int) {
    let text = String(repeating: opening, count: depth)
    #expect(outline(text) == "scanner: collections are nested more than 10000 deep")
  }

  @Test func closingBracketsAlone() {
    #expect(outline(String(repeating: "]", count: 50_000)) == "parser: a value is expected here")
  }
}
