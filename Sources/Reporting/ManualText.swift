package import TinyforgeCore

/// The manual of findings, for `--explain` and `--list-codes`.
package enum ManualText {
  /// One line for each finding.
  package static func list(style: TextStyle) -> String {
    let width = FindingCatalog.all.map(\.id.count).max() ?? 0
    return FindingCatalog.all.map { code in
      style.paint(code.id.padded(to: width), .strong) + "  "
        + style.paint(code.severity.rawValue.padded(to: 7), code.severity.role)
        + "  \(code.summary)\n"
    }.joined()
  }

  /// The page on one finding.
  package static func page(_ code: FindingCode, style: TextStyle) -> String {
    var page = style.paint(code.id, .strong) + " (" + code.severity.rawValue + ")\n\n"
    page += "\(code.summary)\n\n\(code.explanation)\n"
    if !code.example.bad.isEmpty {
      let options = code.example.source.map { " with --source \($0.rawValue)" } ?? ""
      page += "\n" + style.paint("Bad", .error) + "\(options):\n\n" + indented(code.example.bad)
      page += "\n" + style.paint("Good", .good) + ":\n\n" + indented(code.example.good)
    }
    return page
  }

  private static func indented(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return lines.map { line in
      let shown = line.replacing("\t", with: "␉").unicodeScalars.map { scalar in
        scalar.isUnsafeToShow ? String(scalar).shownSafely : String(scalar)
      }
      return "    " + shown.joined() + "\n"
    }.joined()
  }
}
