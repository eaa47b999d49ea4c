/// Makes a document of events.
struct YAMLComposer: ~Copyable {
  private var parser: YAMLParser
  private var nodes: [YAMLNode] = []
  /// The collections that are open, outermost first.
  private var open: ContiguousArray<Int> = []
  /// The node that has each anchor now; an anchor may be given again.
  private var anchors: [[UInt8]: Int] = [:]

  init(_ bytes: [UInt8]) {
    parser = YAMLParser(bytes)
    nodes.reserveCapacity(16)
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
    add(.scalar, tag, event)
  }

  private mutating func addAlias(_ event: YAMLEvent) throws(YAMLError) {
    guard let target = anchors[event.anchor] else {
      throw YAMLError(
        .composer, "there is no anchor '\(event.anchor)' before this alias", at: event.start)
    }
    let index = add(.alias, "", event)
    nodes[index].anchor = nil
    nodes[index].value = event.anchor
    nodes[index].target = target
  }

  private mutating func addCollection(_ kind: YAMLNode.Kind, _ tag: String, _ event: YAMLEvent) {
    open.append(add(kind, tag, event))
  }

  private mutating func closeCollection(_ event: YAMLEvent) {
    guard let index = open.popLast() else { return }
    // Only a closing bracket is written; every other end token follows white space, or is at what
    // follows.
    if event.end != event.start {
      nodes[index].end = event.end
    } else if let last = nodes[index].children.last {
      nodes[index].end = nodes[last].end
    }
  }

  /// Adds a node to the collection that is open; `tag` is used where none is written.
  @discardableResult
  private mutating func add(_ kind: YAMLNode.Kind, _ tag: String, _ event: YAMLEvent) -> Int {
    // The lone `!` is as good as no tag.
    let isTagged = !event.tag.isEmpty && event.tag != [0x21]
    let index = nodes.count
    nodes.append(
      YAMLNode(
        kind: kind, style: event.style, tag: isTagged ? YAMLTag.shortened(event.tag) : tag,
        isExplicitlyTagged: isTagged, value: event.value,
        anchor: event.anchor.isEmpty ? nil : event.anchor, target: nil, children: [],
        start: event.start, end: event.end))
    if let parent = open.last { nodes[parent].children.append(index) }
    if kind != .alias && !event.anchor.isEmpty { anchors[event.anchor] = index }
    return index
  }
}
