import ServerYAML

/// What another reader of YAML reads as the first document of a text.
package enum OtherReading: Sendable {
  /// The nodes in the order in which they start; none where there is no document.
  case document([Node])
  /// The reader's own words, and the place as an offset into the ``SourceText``.
  case refused(String, at: Int)
  /// The reader is not installed.
  case unavailable

  /// A node, as far as readers may differ in it.
  package struct Node: Sendable {
    /// What a node is.
    package enum Kind: Sendable { case scalar, mapping, sequence, alias }

    var kind: Kind
    var depth: Int
    var isTyped: Bool
    var anchor: [UInt8]
    var tag: [UInt8]
    var value: [UInt8]
    var span: Range<Int>

    /// Creates one from its parts: `depth` is 0 for the outermost node, `isTyped` means that the text decides the type,
    /// `anchor` is the name that an alias has or a node is given, `tag` the long form of one that is written, both
    /// empty where there are none.
    package init(
      kind: Kind, depth: Int, isTyped: Bool, anchor: [UInt8], tag: [UInt8], value: [UInt8],
      span: Range<Int>
    ) {
      (self.kind, self.depth, self.isTyped) = (kind, depth, isTyped)
      (self.anchor, self.value, self.span) = (anchor, value, span)
      // The lone `!` is as good as no tag.
      let isTagged = !tag.isEmpty && tag != [UInt8(ascii: "!")]
      self.tag = isTagged ? Array(YAMLTag.shortened(tag).utf8) : []
    }

    /// A node of the server's reading.
    init(_ node: YAMLNode, depth: Int) {
      kind =
        switch node.kind {
        case .scalar: .scalar
        case .mapping: .mapping
        case .sequence: .sequence
        case .alias: .alias
        }
      self.depth = depth
      isTyped = kind == .scalar && node.style == .plain && !node.isExplicitlyTagged
      anchor = kind == .alias ? node.value : node.anchor ?? []
      tag = node.isExplicitlyTagged ? Array(node.tag.utf8) : []
      value = kind == .alias ? [] : node.value
      span = node.span
    }
  }

  /// The same, refused where an alias names no anchor before it: readers find that where they resolve aliases.
  var withResolvedAliases: OtherReading {
    guard case .document(let nodes) = self, nodes.contains(where: { $0.kind == .alias }) else {
      return self
    }
    var anchors: Set<[UInt8]> = []
    for node in nodes {
      if node.kind != .alias {
        anchors.insert(node.anchor)
      } else if !anchors.contains(node.anchor) {
        return .refused("found undefined alias", at: node.span.lowerBound)
      }
    }
    return self
  }

  /// How deep each of the server's nodes is, from 0 for the outermost.
  static func depths(of nodes: [YAMLNode]) -> [Int] {
    var depths = [Int](repeating: 0, count: nodes.count)
    for (index, node) in nodes.enumerated() {
      for child in node.children { depths[child] = depths[index] + 1 }
    }
    return depths
  }
}
