/// One node of a document: a scalar, a collection or an alias.
package struct YAMLNode: Sendable {
  /// What a node is.
  package enum Kind: Sendable {
    case scalar, mapping, sequence, alias
  }

  /// How the node is written; an alias is `plain`.
  package enum Style: Sendable {
    case plain, singleQuoted, doubleQuoted, literal, folded, flow, block
  }

  /// What it is.
  package var kind: Kind
  /// How it is written.
  package var style: Style
  /// Go's `Node.Tag`: the tag written, shortened (`!!int`, `!custom`), or the tag resolved.
  ///
  /// It is empty for an alias. Bytes of a written tag that are not UTF-8 become U+FFFD.
  package var tag: String
  /// Whether a tag other than the lone `!` is written.
  package var isExplicitlyTagged: Bool
  /// A scalar's text after unescaping, an alias's name, otherwise empty.
  package var value: [UInt8]
  /// The name of the anchor on the node.
  package var anchor: [UInt8]?
  /// For an alias the index of the node that it refers to.
  package var target: Int?
  /// Indices into ``YAMLDocument/nodes``; a mapping's are key, value, key, value and so on.
  package var children: [Int]
  /// Where the node starts, its anchor and tag included.
  package var start: YAMLMark
  /// Where the node ends: a flow collection after its bracket, a block collection with its last child.
  package var end: YAMLMark
}
