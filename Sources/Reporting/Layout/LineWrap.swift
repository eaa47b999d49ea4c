import TinyforgeCore

/// Breaks lines for a terminal that is narrower than they are.
package enum LineWrap {
  /// The text with each line broken at spaces to at most `columns`; what follows is indented as the
  /// line is, and by `hanging` further.
  ///
  /// Colours take no room, wide characters take two columns. A value is never cut: a word, or a text in quotes,
  /// that is longer than a line has a line of its own, and the terminal breaks it, so that it can be copied whole. So is a
  /// command after `$`.
  package static func wrapped(_ text: String, columns: Int, hanging: Int = 2) -> String {
    text.splitAtScalar("\n")
      .map { line(String($0), columns, hanging) }.joined(separator: "\n")
  }

  private static func line(_ line: String, _ columns: Int, _ hanging: Int) -> String {
    guard width(of: line) > columns else { return line }
    let indent = line.prefix { $0 == " " }.count
    var rest = words(line.dropFirst(indent))[...]
    guard !isWhole(rest.prefix(2).map(plain)) else { return line }
    var lines: [String] = []
    while !rest.isEmpty {
      var current = String(repeating: " ", count: lines.isEmpty ? indent : indent + hanging)
      var room = columns - current.utf8.count
      var isEmpty = true
      while let word = rest.first, isEmpty || width(of: word) + 1 <= room {
        current += (isEmpty ? "" : " ") + word
        room -= width(of: word) + (isEmpty ? 0 : 1)
        isEmpty = false
        rest = rest.dropFirst()
      }
      while current.utf8.last == UInt8(ascii: " ") { current.removeLast() }
      lines.append(current)
      // A gap between columns is not indentation.
      while rest.first?.isEmpty == true { rest = rest.dropFirst() }
    }
    return lines.joined(separator: "\n")
  }

  /// Whether a line is for copying or for looking at as it is: a command, or a line of source text.
  private static func isWhole(_ start: [String]) -> Bool {
    if start.first == "$" || start.first == "|" { return true }
    return start.last == "|" && start.first?.allSatisfy(\.isNumber) == true
  }

  /// The words of a line; what is in quotes is one, with what is joined to it.
  private static func words(_ line: Substring) -> [String] {
    var words: [String] = []
    var parts = line.splitAtScalar(" ").map(String.init)[...]
    while let first = parts.popFirst() {
      var word = first
      if let quote = openQuote(in: first),
        let end = parts.firstIndex(where: { closes(quote, in: $0) })
      {
        word = ([first] + parts[...end]).joined(separator: " ")
        parts = parts[(end + 1)...]
      }
      words.append(word)
    }
    return words
  }

  /// The quote that begins a word and is not closed in it.
  private static func openQuote(in word: String) -> Unicode.Scalar? {
    let scalars = plain(word).unicodeScalars.drop { "([=".unicodeScalars.contains($0) }
    guard let quote = scalars.first, "'\"`«".unicodeScalars.contains(quote) else { return nil }
    let end: Unicode.Scalar = quote == "«" ? "»" : quote
    return scalars.dropFirst().contains(end) ? nil : end
  }

  private static func closes(_ quote: Unicode.Scalar, in word: String) -> Bool {
    let scalars = plain(word).unicodeScalars
    // A quote before a letter opens another text.
    guard let place = scalars.lastIndex(of: quote) else { return false }
    return scalars[place...].dropFirst().allSatisfy { !$0.properties.isAlphabetic }
  }

  /// The columns that a text takes, its colours left out.
  private static func width(of text: some StringProtocol) -> Int {
    plain(text).unicodeScalars.reduce(0) { $0 + DisplayWidth.of($1) }
  }

  /// A text without its colours.
  private static func plain(_ text: some StringProtocol) -> String {
    guard text.unicodeScalars.contains("\u{1B}") else { return String(text) }
    var plain = String.UnicodeScalarView()
    var isColour = false
    for scalar in text.unicodeScalars {
      if isColour {
        isColour = scalar != "m"
      } else if scalar == "\u{1B}" {
        isColour = true
      } else {
        plain.append(scalar)
      }
    }
    return String(plain)
  }
}
