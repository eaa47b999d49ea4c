import FoundationEssentials
import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// The manual, on the terminal and in the docs.
struct ManualTests {
  /// `docs/rules` holds what the rules themselves say; `TINYFORGE_RECORD` writes it.
  @Test(arguments: ManualMarkdown.pages.map(\.name))
  func pageIsMadeFromTheRule(_ name: String) throws {
    let page = try #require(ManualMarkdown.pages.first { $0.name == name })
    try expectFile(projectFile("docs/rules/\(name)"), toHold: page.text)
  }

  @Test func noPageIsLeftOver() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: projectFile("docs/rules"))
    #expect(Set(names) == Set(ManualMarkdown.pages.map(\.name)))
  }

  @Test(arguments: FindingCatalog.all.map(\.id))
  func everyPageSaysWhatItIs(_ id: String) throws {
    let code = try #require(FindingCatalog.named(id))
    let page = ManualText.page(code, style: TextStyle(coloured: false))
    #expect(page.hasPrefix("\(id) (\(code.severity.rawValue))\n\n\(code.summary)\n"))
    #expect(!page.unicodeScalars.contains { $0.isUnsafeToShow && $0 != "\n" })
    #expect(code.example.bad.isEmpty || page.contains("[\(id)]"), "the example is run")
  }
}
