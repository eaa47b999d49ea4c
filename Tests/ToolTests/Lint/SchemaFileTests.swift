import TestSupport
import Testing
import TinyforgeCore

/// The schema as it is published, and the entry that leads editors to it.
struct SchemaFileTests {
  private static func published(_ name: String) throws -> [UInt8] {
    try readFile(projectFile("docs/schemas/\(name)"))
  }

  @Test func thePublishedSchemaIsThePrintedOne() async throws {
    let printed = try await run(builtTool("lint-spec"), ["--print-schema"])
    #expect(printed.status == 0)
    #expect(
      Array(printed.output.utf8) == (try Self.published("tinyforge.v1.json")),
      "lint-spec --print-schema > docs/schemas/tinyforge.v1.json")
  }

  /// The members that SchemaStore's catalogue has in each entry, and the schema's own address.
  @Test func theCatalogueEntryNamesIt() throws {
    let entry = try JSONText(try Self.published("schemastore.json"))
    #expect(entry.members.map(\.name) == ["name", "description", "fileMatch", "url"])
    #expect(entry["fileMatch"] == [.string(FindingCode.usualName)])
    let address = try #require(entry["url"]?.text)
    #expect(address.hasPrefix("https://") && address.hasSuffix("/schemas/tinyforge.v1.json"))
    #expect(try JSONText(try Self.published("tinyforge.v1.json"))["$id"]?.text == address)
    #expect(entry["name"]?.text?.isEmpty == false && entry["description"]?.text?.isEmpty == false)
  }
}
