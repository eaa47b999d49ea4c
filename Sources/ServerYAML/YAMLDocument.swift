/// The first document of a text: an arena, so that no depth of nesting ever recurses.
package struct YAMLDocument: Sendable {
  /// All nodes in the order in which they start.
  package var nodes: [YAMLNode]
  /// The index of the outermost node.
  package var root: Int
  /// Where the document ends: after its `...`, or at the next document's `---`, directive or the
  /// end of the text.
  package var end: YAMLMark
}
