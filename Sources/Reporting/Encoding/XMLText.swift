import TinyforgeCore

/// Text in XML 1.0, in an element or in an attribute between double quotes.
package enum XMLText {
  /// Markup is escaped; what XML cannot hold, or would drive a terminal, is shown as an escape.
  package static func encoded(_ text: String) -> String {
    let lines = text.splitAtScalar("\n")
    return lines.map { line in
      String(line).shownSafely.unicodeScalars.map(encoded).joined()
    }.joined(separator: "\n")
  }

  /// The same on one line: a line break in an attribute would be read as a space.
  package static func attribute(_ text: String) -> String { encoded(text.shownSafely) }

  private static func encoded(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": "&apos;"
    // The last two of each plane's code points are not characters; XML refuses those of the first.
    case _ where scalar.value & 0xFFFE == 0xFFFE: "\u{FFFD}"
    default: String(scalar)
    }
  }
}
