import TinyforgeCore

/// Text of others in Markdown, also in a cell of a table and in a heading.
///
/// Character references keep punctuation from being markup, but forges look for mentions (`@name`),
/// references (`#1`, commits) and addresses in the rendered Markdown, where the references are
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

  /// A sentence, on one line: plain words are left as they are, everything else is code.
  package static func prose(_ text: String) -> String { words(text.shownSafely) }

  /// A message of the tools: the same, with code where the message quotes something.
  package static func message(_ text: String) -> String {
    ProseParts.parts(of: text.shownSafely, isQuoteCode: true).map { part in
      switch part {
      case .words(let text): words(text)
      case .code(let text): code(text)
      }
    }.joined()
  }

  private static func words(_ text: String) -> String {
    text.splitAtScalar(" ").map { word(Substring($0).unicodeScalars) }.joined(separator: " ")
  }

  /// A word, with the punctuation around it outside of the code.
  private static func word(_ word: Substring.UnicodeScalarView) -> String {
    var core = word
    if core.first == "(" { core.removeFirst() }
    while let last = core.last, ",;:.?)".unicodeScalars.contains(last) { core.removeLast() }
    guard !core.isEmpty else {
      return word.isEmpty ? "" : isMark(word) ? marks(word) : code(String(word))
    }
    let (start, end) = (word[..<core.startIndex], word[core.endIndex...])
    let shown = isPlain(core, before: end) ? marks(core) : code(String(core))
    return marks(start) + shown + marks(end)
  }

  /// Letters and punctuation outside of code.
  private static func marks(_ text: Substring.UnicodeScalarView) -> String {
    text.map { ".;?".unicodeScalars.contains($0) ? String($0) : encoded($0) }.joined()
  }

  /// Punctuation that means nothing by itself.
  private static func isMark(_ word: Substring.UnicodeScalarView) -> Bool {
    word.allSatisfy { ".,;:?)".unicodeScalars.contains($0) }
  }

  /// A short number, or letters, hyphens and apostrophes between them.
  ///
  /// What could be the beginning of a commit's hash is not plain, nor a number that could begin a list.
  private static func isPlain(
    _ word: Substring.UnicodeScalarView, before end: Substring.UnicodeScalarView
  ) -> Bool {
    if word.allSatisfy({ ("0"..."9").contains($0) }) {
      return word.count <= 6 && !end.contains { ".)".unicodeScalars.contains($0) }
    }
    let parts = word.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "'" }
    return word.count <= 30
      && parts.allSatisfy { part in
        let isHash = part.count >= 4 && part.allSatisfy(\.properties.isASCIIHexDigit)
        return !part.isEmpty && !isHash && part.allSatisfy(\.properties.isAlphabetic)
      }
  }

  private static func encoded(_ scalar: Unicode.Scalar) -> String {
    if scalar == "@" { return "<b></b>&#64;<b></b>" }
    let isPlain =
      scalar.value > 0x7E || scalar.isASCIIWordCharacter || " ,-/".unicodeScalars.contains(scalar)
    return isPlain ? String(scalar) : "&#\(scalar.value);"
  }
}

extension Unicode.Scalar {
  /// Whether it is a letter or a digit of ASCII.
  package var isASCIIWordCharacter: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
  }
}
