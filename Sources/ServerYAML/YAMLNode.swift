/// One node of a document: a scalar, a collection or an alias.
///
/// A reference, since the decoder and every rule take nodes from the document, again and again.
package final class YAMLNode: Sendable {
  /// What a node is.
  package enum Kind: Sendable {
    case scalar, mapping, sequence, alias
  }

  /// How the node is written; an alias is `plain`.
  package enum Style: Sendable {
    case plain, singleQuoted, doubleQuoted, literal, folded, flow, block
  }

  /// What it is.
  package let kind: Kind
  /// How it is written.
  package let style: Style
  /// Go's `Node.Tag`: the tag written, shortened (`!!int`, `!custom`), or the tag resolved.
  ///
  /// It is empty for an alias. Bytes of a written tag that are not UTF-8 become U+FFFD.
  package let tag: String
  /// Whether a tag other than the lone `!` is written.
  package let isExplicitlyTagged: Bool
  /// A scalar's text after unescaping, an alias's name, otherwise empty.
  package let value: [UInt8]
  /// The name of the anchor on the node.
  package let anchor: [UInt8]?
  /// For an alias the index of the node that it refers to.
  package let target: Int?
  /// Indices into ``YAMLDocument/nodes``; a mapping's are key, value, key, value and so on.
  package let children: [Int]
  /// Where the node starts, its anchor and tag included.
  package let start: YAMLMark
  /// Where the node ends: a flow collection after its bracket, a block collection with its last child.
  package let end: YAMLMark

  init(
    kind: Kind, style: Style, tag: String, isExplicitlyTagged: Bool, value: [UInt8],
    anchor: [UInt8]?, target: Int?, children: [Int], start: YAMLMark, end: YAMLMark
  ) {
    (self.kind, self.style) = (kind, style)
    (self.tag, self.isExplicitlyTagged) = (tag, isExplicitlyTagged)
    (self.value, self.anchor, self.target) = (value, anchor, target)
    (self.children, self.start, self.end) = (children, start, end)
  }
}
