package import TinyforgeCore

/// Shows a place in a text as compilers do: the line, and a caret under what is meant.
package struct Snippet {
  /// Longer lines are shown around the place only.
  private static let widthLimit = 160

  private let text: SourceText
  private let style: TextStyle

  /// Creates one from its parts.
  package init(_ text: SourceText, style: TextStyle) {
    self.text = text
    self.style = style
  }

  /// Adds the lines of the snippet, each with a final line break; the range's offsets do not count.
  func write(_ range: SourceRange, role: TextStyle.Role, to lines: inout String) {
    let line = text.line(range.start.line)
    let end =
      range.end.line == range.start.line
      ? range.end.column - 1 : max(line.count, range.start.column)
    let window = window(of: line.count, around: range.start.column - 1)
    let shown = line.dropFirst(window.lowerBound).prefix(window.count)
    let before = shown.prefix(max(0, range.start.column - 1 - window.lowerBound))
    let marked = shown.dropFirst(before.count).prefix(max(1, end - range.start.column + 1))
    let number = String(range.start.line)
    lines += style.paint(" \(number) | ", .faint)
    lines += show(shown) + "\n"
    lines += style.paint(" \(Self.spaces(number.utf8.count)) | ", .faint)
    lines += Self.spaces(width(before))
    lines += style.paint(
      "^" + String(repeating: "~", count: max(0, width(marked) - 1)), role)
    lines += "\n"
  }

  private static func spaces(_ count: Int) -> String {
    String(repeating: " ", count: count)
  }

  private func window(of length: Int, around column: Int) -> Range<Int> {
    guard length > Self.widthLimit else { return 0..<length }
    let start = min(max(0, column - Self.widthLimit / 2), length - Self.widthLimit)
    return start..<(start + Self.widthLimit)
  }

  /// A tab becomes spaces, so that the caret is in its place wherever the terminal's stops are.
  private func show(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    guard scalars.contains(where: \.isUnsafeToShow) else { return String(scalars: scalars) }
    return scalars.map { $0 == "\t" ? "    " : String($0).shownSafely }.joined()
  }

  private func width(_ scalars: ArraySlice<Unicode.Scalar>) -> Int {
    DisplayWidth.of(show(scalars))
  }
}
