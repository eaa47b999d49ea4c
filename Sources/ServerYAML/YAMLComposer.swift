/// Makes a document of events.
struct YAMLComposer: ~Copyable {
  private var parser: YAMLParser
  private var nodes: [YAMLNode] = []
  /// The collections that are open, outermost first.
  private var open: ContiguousArray<OpenCollection> = []
  /// The node that has each anchor now; an anchor may be given again.
  private var anchors: [[UInt8]: Int] = [:]

  /// A collection whose node has neither children nor its end before it is closed.
  private struct OpenCollection {
    var node: Int
    var children: [Int] = []

    init(_ node: Int) {
      self.node = node
      children.reserveCapacity(8)
    }
  }

  init(_ bytes: [UInt8]) {
    parser = YAMLParser(bytes)
    nodes.reserveCapacity(16)
    open.reserveCapacity(4)
  }

  /// Composes the first document; nil where there is none.
  mutating func compose() throws(YAMLError) -> YAMLDocument? {
    _ = try parser.next()
    guard try parser.next().kind == .documentStart else { return nil }
    while true {
      let event = try parser.next()
      switch event.kind {
      case .scalar: addScalar(event)
      case .alias: try addAlias(event)
      case .sequenceStart: addCollection(.sequence, YAMLTag.sequence, event)
      case .mappingStart: addCollection(.mapping, YAMLTag.mapping, event)
      case .sequenceEnd, .mappingEnd: closeCollection(event)
      case .documentEnd, .documentStart, .streamStart, .streamEnd:
        return YAMLDocument(nodes: nodes, root: 0, end: event.end)
      }
    }
  }

  private mutating func addScalar(_ event: YAMLEvent) {
    let tag: String
    if event.style != .plain {
      tag = YAMLTag.string
    } else if YAMLNode.isMergeName(event.value) {
      tag = YAMLTag.merge
    } else {
      tag = YAMLScalar.resolve(event.value).tag
    }
    addAnchored(Self.node(.scalar, event, usualTag: tag), event)
  }

  private mutating func addAlias(_ event: YAMLEvent) throws(YAMLError) {
    guard let target = anchors[event.anchor] else {
      throw YAMLError(
        .composer, "there is no anchor '\(event.anchor)' before this alias", at: event.start)
    }
    add(
      YAMLNode(
        kind: .alias, style: .plain, tag: "", isExplicitlyTagged: false, value: event.anchor,
        anchor: nil, target: target, children: [], start: event.start, end: event.end))
  }

  private mutating func addCollection(_ kind: YAMLNode.Kind, _ tag: String, _ event: YAMLEvent) {
    let node = nodes.count
    addAnchored(Self.node(kind, event, usualTag: tag), event)
    open.append(OpenCollection(node))
  }

  private mutating func closeCollection(_ event: YAMLEvent) {
    guard let closed = open.popLast() else { return }
    let node = nodes[closed.node]
    var end = node.end
    // Only a closing bracket is written; every other end token follows white space, or is at what
    // follows.
    if event.end != event.start {
      end = event.end
    } else if let last = closed.children.last {
      end = nodes[last].end
    }
    nodes[closed.node] = YAMLNode(
      kind: node.kind, style: node.style, tag: node.tag,
      isExplicitlyTagged: node.isExplicitlyTagged, value: [], anchor: node.anchor, target: nil,
      children: closed.children, start: node.start, end: end)
  }

  /// A scalar, or a collection without its children; `usualTag` is the tag where none is written.
  private static func node(_ kind: YAMLNode.Kind, _ event: YAMLEvent, usualTag: String)
    -> YAMLNode
  {
    // The lone `!` is as good as no tag.
    let isTagged = !event.tag.isEmpty && event.tag != [0x21]
    return YAMLNode(
      kind: kind, style: event.style, tag: isTagged ? YAMLTag.shortened(event.tag) : usualTag,
      isExplicitlyTagged: isTagged, value: event.value,
      anchor: event.anchor.isEmpty ? nil : event.anchor, target: nil, children: [],
      start: event.start, end: event.end)
  }

  /// Adds a node that an alias may refer to, if it has an anchor.
  private mutating func addAnchored(_ node: YAMLNode, _ event: YAMLEvent) {
    if !event.anchor.isEmpty { anchors[event.anchor] = nodes.count }
    add(node)
  }

  /// Adds a node to the collection that is open.
  private mutating func add(_ node: YAMLNode) {
    if !open.isEmpty { open[open.count - 1].children.append(nodes.count) }
    nodes.append(node)
  }
}
