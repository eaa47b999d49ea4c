/// What a terminal shows: colours or none, and lines as wide as it is.
package struct TextStyle: Sendable {
  /// What a stretch of text is, which decides how it looks.
  package enum Role: Sendable { case strong, error, warning, info, good, faint, added, removed }

  private let isColoured: Bool
  /// Nil where lines are as long as they are.
  private let columns: Int?

  /// A style with or without colours; `columns` is the width of the terminal, nil without a terminal.
  package init(coloured: Bool, columns: Int? = nil) {
    isColoured = coloured
    self.columns = columns
  }

  /// `text` in lines that the terminal has room for, broken between words; the lines of a paragraph begin alike, those of
  /// other text after the first are indented further.
  package func wrapped(_ text: String, isParagraph: Bool = false) -> String {
    columns.map { LineWrap.wrapped(text, columns: $0, hanging: isParagraph ? 0 : 2) } ?? text
  }

  /// `text` in the role's colours; `text` must be safe to show already.
  package func paint(_ text: String, _ role: Role) -> String {
    guard isColoured, !text.isEmpty else { return text }
    return "\u{1B}[\(Self.code(role))m\(text)\u{1B}[0m"
  }

  /// Adds to `lines` what `write` adds, in the role's colours; that must be something, and safe to show already.
  func paint(_ role: Role, to lines: inout TextBuffer, _ write: (inout TextBuffer) -> Void) {
    guard isColoured else { return write(&lines) }
    lines += "\u{1B}[\(Self.code(role))m"
    write(&lines)
    lines += "\u{1B}[0m"
  }

  private static func code(_ role: Role) -> String {
    switch role {
    case .strong: "1"
    case .error: "1;31"
    case .warning: "1;33"
    case .info: "1;36"
    case .good: "32"
    case .faint: "2"
    case .added: "32"
    case .removed: "31"
    }
  }
}
