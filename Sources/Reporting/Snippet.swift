package import TinyforgeCore

/// Shows a place in a text as compilers do: the line, and a caret under what is meant.
package struct Snippet {
  /// Longer lines are shown around the place only.
  private static let widthLimit = 160

  private let text: SourceText
  private let style: TextStyle

  package init(_ text: SourceText, style: TextStyle) {
    self.text = text
    self.style = style
  }

  /// The lines of the snippet, each with a final line break.
  package func render(_ span: Range<Int>, role: TextStyle.Role) -> String {
    render(text.range(of: span), role: role)
  }

  /// The same for a range of lines and columns; its offsets do not count.
  func render(_ range: SourceRange, role: TextStyle.Role) -> String {
    let line = text.line(range.start.line)
    let end =
      range.end.line == range.start.line
      ? range.end.column - 1 : max(line.count, range.start.column)
    let window = window(of: line.count, around: range.start.column - 1)
    let shown = line.dropFirst(window.lowerBound).prefix(window.count).map { show($0) }
    let before = shown.prefix(max(0, range.start.column - 1 - window.lowerBound))
    let marked = shown.dropFirst(before.count).prefix(max(1, end - range.start.column + 1))
    let number = String(range.start.line)
    let margin = String(repeating: " ", count: number.count)
    let pad = String(repeating: " ", count: width(before))
    let carets = "^" + String(repeating: "~", count: max(0, width(marked) - 1))
    return style.paint(" \(number) | ", .faint) + shown.joined() + "\n"
      + style.paint(" \(margin) | ", .faint) + pad + style.paint(carets, role) + "\n"
  }

  private func window(of length: Int, around column: Int) -> Range<Int> {
    guard length > Self.widthLimit else { return 0..<length }
    let start = min(max(0, column - Self.widthLimit / 2), length - Self.widthLimit)
    return start..<(start + Self.widthLimit)
  }

  /// A tab becomes spaces, so that the caret stands right wherever the terminal's stops are.
  private func show(_ scalar: Unicode.Scalar) -> String {
    scalar == "\t" ? "    " : String(scalar).shownSafely
  }

  private func width(_ shown: some Sequence<String>) -> Int {
    shown.reduce(0) { $0 + DisplayWidth.of($1) }
  }
}
