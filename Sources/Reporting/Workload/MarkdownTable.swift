import TinyforgeCore

/// A table; cells are Markdown already, on one line.
enum MarkdownTable {
  static func render(_ columns: [String], rows: [[String]]) -> String {
    let line = { (cells: [String]) in "| \(cells.joined(separator: " | ")) |\n" }
    return line(columns) + line(columns.map { _ in "---" }) + rows.map(line).joined()
  }
}
