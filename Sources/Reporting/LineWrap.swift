import TinyforgeCore

/// Breaks lines for a terminal that is narrower than they are.
package enum LineWrap {
  /// The text with each line broken at spaces to at most `columns`; what follows is indented as the
  /// line is, and two further.
  ///
  /// Colours take no room, wide characters take two columns. A word that is longer than a line stands
  /// alone: the terminal breaks it, and it can be copied whole.
  package static func wrapped(_ text: String, columns: Int) -> String {
    text.splitAtScalar("\n")
      .map { line(String($0), columns) }.joined(separator: "\n")
  }

  private static func line(_ line: String, _ columns: Int) -> String {
    guard width(of: line) > columns else { return line }
    let indent = line.prefix { $0 == " " }.count
    var rest = line.dropFirst(indent).splitAtScalar(" ")[...]
    var lines: [String] = []
    while !rest.isEmpty {
      var current = String(repeating: " ", count: lines.isEmpty ? indent : indent + 2)
      var room = columns - current.utf8.count
      var isEmpty = true
      while let word = rest.first, isEmpty || width(of: word) + 1 <= room {
        current += (isEmpty ? "" : " ") + word
        room -= width(of: word) + (isEmpty ? 0 : 1)
        isEmpty = false
        rest = rest.dropFirst()
      }
      lines.append(current)
      // A gap between columns is no indentation.
      while rest.first?.isEmpty == true { rest = rest.dropFirst() }
    }
    return lines.joined(separator: "\n")
  }

  /// The columns that a text takes, its colours left out.
  private static func width(of text: some StringProtocol) -> Int {
    var width = 0
    var isColour = false
    for scalar in text.unicodeScalars {
      if isColour {
        isColour = scalar != "m"
      } else if scalar == "\u{1B}" {
        isColour = true
      } else {
        width += DisplayWidth.of(scalar)
      }
    }
    return width
  }
}
