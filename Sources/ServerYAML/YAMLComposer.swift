/// Makes a document of events.
struct YAMLComposer: ~Copyable {
  private var parser: YAMLParser
  private var drafts: [Draft] = []
  /// The collections that are open, outermost first.
  private var open: ContiguousArray<Int> = []
  /// The node that has each anchor now; an anchor may be given again.
  private var anchors: [[UInt8]: Int] = [:]

  /// A node, whose children and end are not known before it is closed.
  private struct Draft {
    var kind: YAMLNode.Kind
    /// The tag where none is written.
    var usualTag: String
    var event: YAMLEvent
    /// For an alias the node that it refers to.
    var target: Int?
    var children: [Int] = []

    var node: YAMLNode {
      // The lone `!` is as good as no tag.
      let isTagged = !event.tag.isEmpty && event.tag != [0x21]
      let isAlias = kind == .alias
      return YAMLNode(
        kind: kind, style: event.style, tag: isTagged ? YAMLTag.shortened(event.tag) : usualTag,
        isExplicitlyTagged: isTagged, value: isAlias ? event.anchor : event.value,
        anchor: isAlias || event.anchor.isEmpty ? nil : event.anchor, target: target,
        children: children, start: event.start, end: event.end)
    }
  }

  init(_ bytes: [UInt8]) {
    parser = YAMLParser(bytes)
    drafts.reserveCapacity(16)
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
        return YAMLDocument(nodes: drafts.indices.map { drafts[$0].node }, root: 0, end: event.end)
      }
    }
  }

  private mutating func addScalar(_ event: consuming YAMLEvent) {
    let tag: String
    if event.style != .plain {
      tag = YAMLTag.string
    } else if YAMLNode.isMergeName(event.value) {
      tag = YAMLTag.merge
    } else {
      tag = YAMLScalar.resolve(event.value).tag
    }
    addAnchored(Draft(kind: .scalar, usualTag: tag, event: event))
  }

  private mutating func addAlias(_ event: consuming YAMLEvent) throws(YAMLError) {
    guard let target = anchors[event.anchor] else {
      throw YAMLError(
        .composer, "there is no anchor '\(event.anchor)' before this alias", at: event.start)
    }
    add(Draft(kind: .alias, usualTag: "", event: event, target: target))
  }

  private mutating func addCollection(
    _ kind: YAMLNode.Kind, _ tag: String, _ event: consuming YAMLEvent
  ) {
    open.append(addAnchored(Draft(kind: kind, usualTag: tag, event: event)))
  }

  private mutating func closeCollection(_ event: YAMLEvent) {
    guard let index = open.popLast() else { return }
    // Only a closing bracket is written; every other end token follows white space, or is at what
    // follows.
    if event.end != event.start {
      drafts[index].event.end = event.end
    } else if let last = drafts[index].children.last {
      drafts[index].event.end = drafts[last].event.end
    }
  }

  /// Adds a node that an alias may refer to, if it has an anchor.
  @discardableResult private mutating func addAnchored(_ draft: consuming Draft) -> Int {
    if !draft.event.anchor.isEmpty { anchors[draft.event.anchor] = drafts.count }
    return add(draft)
  }

  /// Adds a node to the collection that is open; returns its index.
  @discardableResult private mutating func add(_ draft: consuming Draft) -> Int {
    let index = drafts.count
    drafts.append(draft)
    if let parent = open.last { drafts[parent].children.append(index) }
    return index
  }
}
