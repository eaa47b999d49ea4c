/// Colours for a terminal, or none at all.
package struct TextStyle: Sendable {
  /// What a stretch of text is, which decides how it looks.
  package enum Role: Sendable { case strong, error, warning, info, good, faint, added, removed }

  private let isColoured: Bool

  /// Creates one from its parts.
  package init(coloured: Bool) { isColoured = coloured }

  /// `text` in the role's colours; `text` must be safe to show already.
  package func paint(_ text: String, _ role: Role) -> String {
    guard isColoured, !text.isEmpty else { return text }
    return "\u{1B}[\(Self.code(role))m\(text)\u{1B}[0m"
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
