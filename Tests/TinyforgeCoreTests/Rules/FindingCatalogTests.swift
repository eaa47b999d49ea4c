import Testing
import TinyforgeCore

/// The examples that the manual shows are run: the bad one gets its finding, the good one none.
struct FindingCatalogTests {
  private static let withExamples = FindingCatalog.all.filter { !$0.example.bad.isEmpty }

  @Test(arguments: withExamples.map(\.id))
  func badExampleHasTheFinding(_ id: String) throws {
    let code = try #require(FindingCatalog.named(id))
    let spec = SpecReading.read(Array(code.example.bad.utf8), source: code.example.source)
    #expect(spec.findings.map(\.code.id) == [id])
  }

  @Test(arguments: FindingCatalog.all.map(\.id))
  func goodExampleHasNone(_ id: String) throws {
    let code = try #require(FindingCatalog.named(id))
    let spec = SpecReading.read(Array(code.example.good.utf8), source: code.example.source)
    #expect(spec.findings.isEmpty)
    #expect(spec.decodes)
  }

  @Test func idsAreUniqueAndKebabCase() {
    let ids = FindingCatalog.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.allSatisfy { $0 == "-" || ($0.isASCII && $0.isLowercase) } })
  }
}
