import TestSupport
import Testing
import TinyforgeCore

/// Every case is a spec with markers (`«1»`) where findings must point, and a file of findings.
///
/// The file lists all findings, so that a missing and an unexpected one both fail. A case whose
/// name starts with `static-` is read for a static site.
struct SpecReadingTests {
  @Test(arguments: GoldenCase.all(inputSuffix: ".yml", expectedSuffix: ".txt", beside: #filePath))
  func findings(_ test: GoldenCase) throws {
    let marked = String(decoding: try readFile(test.input), as: UTF8.self)
    let (text, marks) = MarkedText.read(marked)
    let source: SourceKind? = test.name.hasPrefix("static-") ? .staticSite : nil
    let spec = SpecReading.read(Array(text.utf8), source: source)
    let shown = RenderedFindings(marks: marks, text: SourceText(Array(text.utf8)))
    try test.expect(shown.text(of: spec))
  }
}

/// What was found, as the files of expected findings hold it.
struct RenderedFindings {
  var marks: [Int: String]
  var text: SourceText

  func text(of spec: DecodedSpec) -> String {
    let declared = spec.declared.map { "\($0.field.name)=\(JSONWriter.compact($0.value.json))" }
    var lines = ["decodes: \(spec.decodes)", "declared: \(declared.joined(separator: " "))"]
    for finding in spec.findings {
      let start = finding.span.map { place($0.lowerBound) } ?? "-"
      lines.append(
        "\(start) \(finding.severity.rawValue) \(finding.code.id): \(finding.message)")
      if let help = finding.help { lines.append("  help: \(help)") }
      for related in finding.related {
        lines.append("  \(place(related.span.lowerBound)) \(related.message)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func place(_ offset: Int) -> String {
    if let mark = marks[offset] { return mark }
    let position = text.position(at: offset)
    return "\(position.line):\(position.column)"
  }
}

/// Text with places marked by `«name»`.
enum MarkedText {
  /// The text without its markers, and the name of each marked offset (in scalars).
  static func read(_ marked: String) -> (text: String, marks: [Int: String]) {
    var text = String.UnicodeScalarView()
    var marks: [Int: String] = [:]
    var name: String.UnicodeScalarView?
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«": name = .init()
      case "»":
        if let name { marks[text.count] = String(name) }
        name = nil
      default:
        if name == nil { text.append(scalar) } else { name?.append(scalar) }
      }
    }
    return (String(text), marks)
  }
}
