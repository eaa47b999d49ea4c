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

  /// The page on one finding, with what `lint-spec` says of the bad example.
  package static func page(_ code: FindingCode, style: TextStyle) -> String {
    var page = style.paint(code.id, .strong) + " (" + code.severity.rawValue + ")\n\n"
    page += "\(code.summary)\n\n\(code.explanation)\n\n\(ManualExample.standing(of: code))\n"
    guard let example = ManualExample(code) else { return page }
    page += "\n" + style.paint("Bad", .error) + "\(example.circumstances):\n\n"
    page += indented(example.bad) + "\n"
    page += example.output(style: style).splitAtScalar("\n", omittingEmpty: true).map {
      "    \($0)\n"
    }.joined()
    page += "\n" + style.paint("Good", .good) + ":\n\n" + indented(example.good)
    return page
  }

  private static func indented(_ text: String) -> String {
    text.splitAtScalar("\n", omittingEmpty: true).map { "    \($0)\n" }.joined()
  }
}
