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
  func write(_ range: SourceRange, role: TextStyle.Role, to lines: inout TextBuffer) {
    let line = text.line(range.start.line)
    let end =
      range.end.line == range.start.line
      ? range.end.column - 1 : max(line.count, range.start.column)
    let window = window(of: line.count, around: range.start.column - 1)
    let shown = line.dropFirst(window.lowerBound).prefix(window.count)
    let before = shown.prefix(max(0, range.start.column - 1 - window.lowerBound))
    let marked = shown.dropFirst(before.count).prefix(max(1, end - range.start.column + 1))
    let number = String(range.start.line)
    writeMargin(to: &lines) { $0 += number }
    let widths = write(shown, before, marked, to: &lines)
    lines.append("\n")
    writeMargin(to: &lines) { $0.append(" ", times: number.utf8.count) }
    lines.append(" ", times: widths.before)
    style.paint(role, to: &lines) { lines in
      lines.append("^")
      lines.append("~", times: widths.marked - 1)
    }
    lines.append("\n")
  }

  /// Adds a line; returns how many columns its beginning takes, and how many the place after it.
  private func write(
    _ line: ArraySlice<Unicode.Scalar>, _ before: ArraySlice<Unicode.Scalar>,
    _ marked: ArraySlice<Unicode.Scalar>, to lines: inout TextBuffer
  ) -> (before: Int, marked: Int) {
    if line.allSatisfy(\.isPrintableASCII) {
      lines.append(line)
      return (before.count, marked.count)
    }
    let (beginning, place) = (show(before), show(marked))
    lines += beginning
    lines += place
    lines += show(line[marked.endIndex...])
    return (DisplayWidth.of(beginning), DisplayWidth.of(place))
  }

  /// Adds what is before a line: its number, or as many spaces.
  private func writeMargin(to lines: inout TextBuffer, _ write: (inout TextBuffer) -> Void) {
    style.paint(.faint, to: &lines) { lines in
      lines.append(" ")
      write(&lines)
      lines += " | "
    }
  }

  private func window(of length: Int, around column: Int) -> Range<Int> {
    guard length > Self.widthLimit else { return 0..<length }
    let start = min(max(0, column - Self.widthLimit / 2), length - Self.widthLimit)
    return start..<(start + Self.widthLimit)
  }

  /// A tab becomes spaces, so that the caret is in its place wherever the terminal's stops are.
  private func show(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(scalars: scalars).replacingBytes { $0 == UInt8(ascii: "\t") ? "    " : nil }.shownSafely
  }
}

extension Unicode.Scalar {
  fileprivate var isPrintableASCII: Bool { value >= 0x20 && value < 0x7F }
}
