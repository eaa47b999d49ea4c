package import TinyforgeCore

/// Renders lint reports for people, in the style of compilers.
package struct LintText: LintForm {
  private let style: TextStyle
  /// `lint-spec` has English alone.
  private let phrases = Phrases(.en)

  /// Creates a renderer with or without colours.
  package init(style: TextStyle) { self.style = style }

  /// The findings of all files; empty when there are none.
  package func render(_ reports: [LintReport]) -> String {
    var (text, lines) = ("", TextBuffer())
    for report in reports {
      write(report, to: &lines)
      text += lines.takeText()
    }
    return style.wrapped(text)
  }

  /// The findings of some files.
  package func part(_ reports: [LintReport]) -> String { render(reports) }

  /// The texts of the files, one after the other.
  package func pieces(_ parts: [String], _ summary: LintSummary, isInterrupted: Bool) -> [String] {
    parts
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private func write(_ report: LintReport, to lines: inout TextBuffer) {
    for fixed in report.fixed { lines += render(fixed, report) }
    guard !report.decoded.findings.isEmpty else { return }
    let path = report.place.shownSafely
    for finding in report.decoded.findings {
      write(finding, safePath: path, report.text, to: &lines)
    }
    lines += otherReferences(report)
  }

  private func render(_ fixed: SpecFix.Fixed, _ report: LintReport) -> String {
    let place = "\(report.path.shownSafely):\(fixed.line):\(fixed.column): "
    return style.paint(place, .strong) + style.paint("fixed: ", .good) + fixed.message
      + style.paint(" [\(fixed.code.id)]", .faint) + "\n"
  }

  /// A line on the references that hold the same spec, of which the first is shown.
  private func otherReferences(_ report: LintReport) -> String {
    let others = report.references.dropFirst()
    guard !others.isEmpty else { return "" }
    let shown = others.prefix(5).map(\.shownSafely).joined(separator: ", ")
    let rest = others.count > 5 ? " and \(others.count - 5) more" : ""
    return "   \(style.paint("note:", .info)) the same in \(shown)\(rest)\n"
  }

  /// One finding with its snippet, help and related places.
  package func render(_ finding: Finding, path: String, text: SourceText) -> String {
    var lines = TextBuffer()
    write(finding, safePath: path.shownSafely, text, to: &lines)
    return lines.text
  }

  private func write(
    _ finding: Finding, safePath: String, _ text: SourceText, to lines: inout TextBuffer
  ) {
    FindingText(style: style, phrases: phrases)
      .write(ReportedFinding(finding, text), in: safePath, text, to: &lines)
  }
}

extension String {
  /// The text with `indent` before each of its lines, which end with a line break.
  func indented(by indent: String) -> String {
    if indent.isEmpty { return self }
    return splitAtScalar("\n", omittingEmpty: true).map { "\(indent)\($0)\n" }.joined()
  }
}

extension Severity {
  var role: TextStyle.Role {
    switch self {
    case .error: .error
    case .warning: .warning
    case .info: .info
    }
  }
}
