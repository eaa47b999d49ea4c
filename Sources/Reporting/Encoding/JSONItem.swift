import TinyforgeCore

/// The items of a long list in a JSON document, each kept as text, which takes less than the value does.
enum JSONItem {
  /// An item, laid out on a line of its own; `level` is how deep it is in the document.
  static func text(_ value: JSONValue, level: Int) -> String {
    lineBreak(level) + JSONWriter.indented(value, level: level)
  }

  /// The pieces of a document with these items between what is before and after the inside of their list.
  static func list(_ items: [String], in document: (before: String, after: String), _ level: Int)
    -> [String]
  {
    guard let first = items.first else { return [document.before, document.after] }
    return [document.before, first] + items.dropFirst().map { "," + $0 }
      + [lineBreak(level - 1), document.after]
  }

  private static func lineBreak(_ level: Int) -> String {
    "\n" + String(repeating: " ", count: 2 * level)
  }
}
