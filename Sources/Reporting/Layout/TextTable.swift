/// Lays out rows of text in columns as wide as their content.
struct TextTable {
  private var rows: [[(text: String, role: TextStyle.Role?)]] = []
  private let style: TextStyle
  private var widths: [Int] = []

  /// `header` is one text a column; the texts must be safe to show already.
  init(_ header: [String], style: TextStyle) {
    self.style = style
    rows = [header.map { ($0, .faint) }]
  }

  /// The number of rows that wait to be rendered.
  var count: Int { rows.count }

  mutating func add(_ cells: [(text: String, role: TextStyle.Role?)]) { rows.append(cells) }

  /// The rows, two spaces between columns and none at a line's end.
  ///
  /// The last text of a row may reach beyond its column, and widens none.
  func render() -> String {
    var copy = self
    return copy.flush()
  }

  /// The rows since the last time, in columns that are at least as wide as those before.
  mutating func flush() -> String {
    defer { rows = [] }
    widths = rows.reduce(into: widths) { widths, row in
      for (column, cell) in row.dropLast().enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], DisplayWidth.of(cell.text))
      }
    }
    return rows.map { row in
      let last = row.lastIndex { !$0.text.isEmpty } ?? 0
      return row[...last].enumerated().map { column, cell in
        let gap =
          column == last
          ? ""
          : String(
            repeating: " ", count: widths[column] - DisplayWidth.of(cell.text) + 2)
        return (cell.role.map { style.paint(cell.text, $0) } ?? cell.text) + gap
      }.joined() + "\n"
    }.joined()
  }
}
