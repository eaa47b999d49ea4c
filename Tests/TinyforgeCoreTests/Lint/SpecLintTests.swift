import TestSupport
import Testing
import TinyforgeCore

/// Every case is a spec with markers (`«1»`) where findings must point, and a file of findings.
///
/// A case is named `CODE--VARIANT`, by the finding that it is about; a variant that starts with `static` or
/// `dockerfile` is linted for that source. What `--fix` makes of the spec follows the findings.
struct SpecLintTests {
  @Test(arguments: GoldenCase.all(inputSuffix: ".yml", expectedSuffix: ".txt", beside: #filePath))
  func findings(_ test: GoldenCase) throws {
    let marked = String(decoding: try readFile(test.input), as: UTF8.self)
    let (text, marks) = MarkedText.read(marked)
    let source = SourceKind.allCases.first { test.variant.hasPrefix($0.rawValue) }
    let settings = SpecLint.Settings(source: source)
    let linted = SpecLint.check(Array(text.utf8), settings: settings)
    var shown = RenderedFindings(marks: marks, text: linted.text).text(
      of: linted.decoded)
    let fix = SpecFix.apply(to: Array(text.utf8), path: nil, settings: settings)
    if !fix.fixed.isEmpty {
      let orders = fix.fixed.map { "\($0.line):\($0.column) \($0.message)\n" }.joined()
      shown += "fixed:\n\(orders)\(String(decoding: fix.bytes, as: UTF8.self))"
    }
    try test.expect(shown)
  }

  @Test(arguments: GoldenCase.all(inputSuffix: ".yml", expectedSuffix: ".txt", beside: #filePath))
  func casesAreNamedByTheirFinding(_ test: GoldenCase) {
    #expect(FindingCatalog.named(test.code) != nil, "\(test.code) is the code of no finding")
    #expect(!test.variant.isEmpty)
  }

  /// A fixed text has nothing left to fix, and is never worse than before.
  @Test(arguments: GoldenCase.all(inputSuffix: ".yml", expectedSuffix: ".txt", beside: #filePath))
  func fixingIsIdempotent(_ test: GoldenCase) throws {
    let (text, _) = MarkedText.read(String(decoding: try readFile(test.input), as: UTF8.self))
    let once = SpecFix.apply(to: Array(text.utf8), path: nil, settings: SpecLint.Settings())
    let twice = SpecFix.apply(to: once.bytes, path: nil, settings: SpecLint.Settings())
    #expect(twice.bytes == once.bytes && twice.fixed.isEmpty)
  }
}

extension GoldenCase {
  /// The finding that the case is about, and what sets the case apart from others of it.
  private var halves: [String] {
    name.replacing("--", with: "\n").split(separator: "\n").map(String.init)
  }
  fileprivate var code: String { halves.first ?? "" }
  fileprivate var variant: String { halves.count == 2 ? halves[1] : "" }
}
