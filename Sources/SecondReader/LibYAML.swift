internal import LazyYAML
internal import Synchronization
package import TinyforgeCore

/// libyaml, which PyYAML, Ruby and most editors read YAML with, as a second reader of specs.
package enum LibYAML {
  /// What libyaml reads; `unavailable` where it is not installed.
  ///
  /// The first call loads the library.
  @Sendable package static func read(_ bytes: [UInt8]) -> OtherReading {
    guard tinyforge_yaml_is_loaded() == 1 else {
      missed.store(true, ordering: .relaxed)
      return .unavailable
    }
    var nodes: [OtherReading.Node] = []
    // As many as most specs have.
    nodes.reserveCapacity(16)
    var problem = tinyforge_yaml_problem()
    let verdict = withUnsafeMutablePointer(to: &nodes) { list in
      tinyforge_yaml_read(bytes, bytes.count, append, list, &problem)
    }
    switch UInt32(verdict) {
    case TINYFORGE_YAML_READ.rawValue: return .document(nodes)
    case TINYFORGE_YAML_EMPTY.rawValue: return .document([])
    default: return refusal(problem, in: bytes)
    }
  }

  /// Whether a spec was to be read with it, and it is not installed.
  package static var wasMissed: Bool { missed.load(ordering: .relaxed) }

  private static let missed = Atomic(false)

  private static func refusal(_ problem: tinyforge_yaml_problem, in bytes: [UInt8]) -> OtherReading
  {
    // Without memory there is no verdict.
    guard let text = problem.problem else { return .unavailable }
    let context = problem.context.map { " \(String(cString: $0))" } ?? ""
    let place = Int(clamping: problem.place)
    return .refused(
      String(cString: text) + context,
      at: problem.is_in_bytes == 0 ? place : SourceText.offset(ofByte: place, in: bytes))
  }
}

/// Adds a node to the list that the context points to.
private func append(_ node: UnsafePointer<tinyforge_yaml_node>?, _ list: UnsafeMutableRawPointer?) {
  guard let node = node?.pointee, let list else { return }
  let kind: OtherReading.Node.Kind =
    switch UInt32(node.kind) {
    case TINYFORGE_YAML_ALIAS.rawValue: .alias
    case TINYFORGE_YAML_SEQUENCE.rawValue: .sequence
    case TINYFORGE_YAML_MAPPING.rawValue: .mapping
    default: .scalar
    }
  let start = Int(clamping: node.start)
  list.assumingMemoryBound(to: [OtherReading.Node].self).pointee.append(
    OtherReading.Node(
      kind: kind, depth: Int(node.depth), isTyped: node.is_typed != 0,
      anchor: bytes(node.anchor), tag: bytes(node.tag),
      value: Array(UnsafeBufferPointer(start: node.value, count: node.length)),
      span: start..<max(start, Int(clamping: node.end))))
}

/// The bytes of a text that C ends with NUL; none where there is no text.
private func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
  text.map { Array(String(cString: $0).utf8) } ?? []
}
