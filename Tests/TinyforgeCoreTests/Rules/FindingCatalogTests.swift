import Testing
import TinyforgeCore

/// The examples that the manual shows are run: the bad one gets its finding, the good one none.
struct FindingCatalogTests {
  private static let withExamples = FindingCatalog.all.filter { !$0.example.bad.isEmpty }

  /// Some advice is about a value that the server refuses as well, so others may stand beside it.
  @Test(arguments: withExamples.map(\.id))
  func badExampleHasTheFinding(_ id: String) throws {
    let code = try #require(FindingCatalog.named(id))
    let spec = Self.lint(code.example.bad, code.example, name: code.example.fileName)
    let ids = spec.findings.map(\.code.id)
    #expect(ids.contains(id))
    #expect(spec.isValid || code.kind == .refusal || ids.count > 1, "an advice makes no verdict")
  }

  @Test(arguments: FindingCatalog.all.map(\.id))
  func goodExampleHasNone(_ id: String) throws {
    let code = try #require(FindingCatalog.named(id))
    let spec = Self.lint(code.example.good, code.example, name: FindingCode.usualName)
    #expect(spec.findings.isEmpty)
    #expect(spec.decodes)
  }

  private static func lint(_ text: String, _ example: FindingCode.Example, name: String)
    -> DecodedSpec
  {
    let settings = SpecLint.Settings(source: example.source)
    return SpecLint.check(Array(text.utf8), path: name, settings: settings).decoded
  }

  @Test func idsAreUniqueAndKebabCase() {
    let ids = FindingCatalog.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.allSatisfy { $0 == "-" || ($0.isASCII && $0.isLowercase) } })
  }
}
