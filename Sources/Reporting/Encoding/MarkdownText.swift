import TinyforgeCore

/// Plain text in Markdown, also in a cell of a table.
package enum MarkdownText {
  /// Punctuation becomes character references: it can be no markup, link, mention or HTML.
  package static func encoded(_ text: String) -> String {
    let shown = text.shownSafely.unicodeScalars.map(encoded).joined()
    // GitHub turns even `www.` into a link.
    return shown.replacing("www.", with: "www&#46;").replacing("WWW.", with: "WWW&#46;")
  }

  private static func encoded(_ scalar: Unicode.Scalar) -> String {
    let isPlain =
      scalar.value > 0x7E || scalar.isASCIIWordCharacter || " ,./".unicodeScalars.contains(scalar)
    return isPlain ? String(scalar) : "&#\(scalar.value);"
  }
}

extension Unicode.Scalar {
  var isASCIIWordCharacter: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
  }
}
