internal import TinyforgeCore

/// The manual of findings as Markdown pages, for `docs/rules`.
package enum ManualMarkdown {
  /// A file of the folder: its name and its text.
  package struct Page: Sendable {
    /// The file's name.
    package var name: String
    /// The page.
    package var text: String
  }

  /// The list of all findings, and a page for each.
  package static var pages: [Page] {
    [Page(name: "README.md", text: list)]
      + FindingCatalog.all.map { Page(name: "\($0.id).md", text: page($0)) }
  }

  private static var list: String {
    """
    # Findings of lint-spec

    Made from the rules themselves (`lint-spec --explain CODE` shows the same); do not edit.

    ## The server's refusals

    They make the verdict: Tinyforge does not take such a spec. Nothing turns them off.

    \(table(.refusal))
    ## Advice

    The server takes such a spec, and perhaps not as it is meant. `--rule CODE=off|info|warning|error`
    sets how much one counts; `# tinyforge: ignore[CODE] reason` leaves one out at one place.

    \(table(.advice))
    """
  }

  private static func table(_ kind: FindingCode.Kind) -> String {
    let rows = FindingCatalog.all.filter { $0.kind == kind }.map {
      "| [`\($0.id)`](\($0.id).md) | \($0.severity.rawValue) | \($0.summary) |\n"
    }
    return "| code | severity | what it is |\n|---|---|---|\n" + rows.joined()
  }

  private static func page(_ code: FindingCode) -> String {
    var page = """
      # `\(code.id)` (\(code.severity.rawValue))

      \(code.summary)

      \(code.explanation)

      \(ManualExample.standing(of: code))

      """
    guard let example = ManualExample(code) else { return page }
    page += "\n## Bad\n\n"
    if !example.circumstances.isEmpty { page += "Found\(example.circumstances).\n\n" }
    page += fenced(example.bad, "yaml") + "\n"
    page += fenced(example.output(style: TextStyle(coloured: false)), "text")
    return page + "\n## Good\n\n" + fenced(example.good, "yaml")
  }

  private static func fenced(_ text: String, _ language: String) -> String {
    "```\(language)\n\(text)```\n"
  }
}
