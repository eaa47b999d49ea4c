import ServerYAML

extension SpecDecoder {
  /// Merges what `<<` names: keys that the mapping itself has win, then the earliest of several.
  mutating func merge(_ merged: Int, from parent: Int, into target: Target) throws(Abort) {
    // A merge within a merge adds to the names of the outer one.
    let isOutermost = mergedNames == nil
    let outer = mergingMapping
    if isOutermost {
      mergedNames = try names(of: document.nodes[parent])
      mergingMapping = parent
    }
    defer {
      if isOutermost { mergedNames = nil }
      mergingMapping = outer
    }
    let node = document.nodes[merged]
    switch node.kind {
    case .mapping: try decode(merged, into: target)
    case .alias:
      try requireMapping(merged)
      try decode(merged, into: target)
    case .sequence:
      for item in node.children {
        try requireMapping(item)
        try decode(item, into: target)
      }
    case .scalar: throw wantsMapping(node)
    }
  }

  private func requireMapping(_ index: Int) throws(Abort) {
    let node = document.nodes[index]
    // The alias' own target decides; an alias of an alias cannot be written.
    let anchored = node.target.map { document.nodes[$0] } ?? node
    guard anchored.kind == .mapping else { throw wantsMapping(node) }
  }

  private func wantsMapping(_ node: YAMLNode) -> Abort {
    Abort(
      finding: Finding(
        .mergeValue, "<< merges a mapping, an alias of one, or a list of these", at: node.span))
  }

  /// The names that the mapping sets itself.
  ///
  /// The server collects them with their own types: a key that is not text is none of the struct's
  /// names, so only those that read as text count.
  private mutating func names(of parent: YAMLNode) throws(Abort) -> Set<[UInt8]> {
    var names: Set<[UInt8]> = []
    for (key, _) in parent.pairs {
      if let name = try textName(key) { names.insert(name) }
    }
    return names
  }

  private mutating func textName(_ key: Int) throws(Abort) -> [UInt8]? {
    try count(key)
    let node = document.nodes[key]
    switch node.kind {
    case .alias:
      return try throughAlias(key) { (decoder, anchored) throws(Abort) in
        try decoder.textName(anchored)
      }
    case .mapping, .sequence: return nil
    case .scalar:
      let value = try resolve(node).value
      if let bytes = value.binaryBytes { return bytes }
      return value.isText ? node.value : nil
    }
  }
}
