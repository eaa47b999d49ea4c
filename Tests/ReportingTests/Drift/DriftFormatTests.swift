import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// Drift in each form: as expected for a report, in each language.
struct DriftFormatTests {
  /// A form, and how a report is written in it; a suffix is the language.
  enum Form: String, CaseIterable {
    case text, markdown
    case russianText = "ru.text"
    case russianMarkdown = "ru.markdown"

    func render(_ report: DriftReport) -> String {
      let style = TextStyle(coloured: false)
      return switch self {
      case .text: DriftText(phrases: Phrases(.en), style: style).render(report)
      case .russianText: DriftText(phrases: Phrases(.ru), style: style).render(report)
      case .markdown: DriftMarkdown(phrases: Phrases(.en)).render(report)
      case .russianMarkdown: DriftMarkdown(phrases: Phrases(.ru)).render(report)
      }
    }
  }

  /// Each `NAME.FORM` in `Cases` holds what the report `NAME.json` is in that form.
  @Test(
    arguments: Form.allCases,
    GoldenCase.all(inputSuffix: ".json", expectedSuffix: "", beside: #filePath))
  func isAsExpected(_ form: Form, _ test: GoldenCase) throws {
    let report = try DriftReport(json: try readFile(test.input), name: test.name)
    let text = form.render(report)
    #expect(!text.unicodeScalars.contains { $0.isUnsafeToShow && $0 != "\n" })
    try expectFile(String(test.input.dropLast("json".count)) + form.rawValue, toHold: text)
  }
}
