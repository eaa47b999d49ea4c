import TinyforgeCore

/// Text of others in Markdown, also in a cell of a table and in a heading.
///
/// Character references keep punctuation from being markup, but forges look for mentions (`@name`),
/// references (`#1`, commits) and addresses in what the Markdown comes to, where the references are
/// undone. They leave code alone, so that is where text goes; `@`, which CommonMark's autolinks for
/// mail look for even there, is set apart by elements that show nothing.
package enum MarkdownText {
  /// Text as code, on one line.
  package static func code(_ text: String) -> String {
    "<code>\(text.shownSafely.unicodeScalars.map(encoded).joined())</code>"
  }

  /// Text as code that leads to an address of ``SpecLinks``; without one it leads nowhere.
  package static func code(_ text: String, to address: String?) -> String {
    address.map { "[\(code(text))](\($0))" } ?? code(text)
  }

  /// A sentence, on one line: plain words stand as they are, everything else as code.
  package static func prose(_ text: String) -> String {
    let words = text.shownSafely.splitAtScalar(" ")
    return words.map { isPlain($0) || $0.isEmpty ? String($0) : code(String($0)) }
      .joined(separator: " ")
  }

  /// Letters alone or a short number, but for a comma or the like behind them.
  ///
  /// What could be the beginning of a commit's hash is not plain.
  private static func isPlain(_ word: Substring) -> Bool {
    var rest = word.unicodeScalars
    if let last = rest.last, ",;".unicodeScalars.contains(last) { rest.removeLast() }
    if rest.allSatisfy({ ("0"..."9").contains($0) }) { return (1...6).contains(rest.count) }
    let isHash = rest.count >= 4 && rest.allSatisfy(\.properties.isASCIIHexDigit)
    return !isHash && rest.count <= 30 && rest.allSatisfy(\.properties.isAlphabetic)
  }

  private static func encoded(_ scalar: Unicode.Scalar) -> String {
    if scalar == "@" { return "<b></b>&#64;<b></b>" }
    let isPlain =
      scalar.value > 0x7E || scalar.isASCIIWordCharacter || " ,-/".unicodeScalars.contains(scalar)
    return isPlain ? String(scalar) : "&#\(scalar.value);"
  }
}

extension Unicode.Scalar {
  var isASCIIWordCharacter: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
  }
}
